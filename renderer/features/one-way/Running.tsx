import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { isCapturing } from '../../lib/recorder/recorder-state.ts';
import {
  answerQuestion,
  goOn,
  isRecorded,
  leadMs,
  rehearse,
  review,
  skipQuestion,
  useOneWay,
} from '../../stores/one-way.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { AnswerStep } from '../practice/AnswerStep.tsx';
import { DeviceCheck } from '../practice/DeviceCheck.tsx';
import { QuestionSteps } from '../practice/QuestionSteps.tsx';
import { QuestionText } from '../practice/QuestionText.tsx';
import { ConsentChoice } from './ConsentChoice.tsx';
import { confirmSkip } from './confirm-skip.tsx';
import classes from './OneWay.module.css';
import { Overview } from './Overview.tsx';
import { Rehearsal } from './Rehearsal.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { TypedStart } from './TypedStart.tsx';
import { TypedStep } from './TypedStep.tsx';

/** An interview that has begun: question after question, then all of them before submitting. */
export function Running({ interview }: { interview: OneWayInterview }) {
  const { step, questionId, busy } = useOneWay();
  const stuck = useRecorder(({ phase, unsaved }) => isCapturing(phase) || unsaved);
  const question = interview.questions.find(({ id }) => id === questionId);
  const resuming = interview.currentQuestionId !== null;
  const about = `of ${interview.questionCount}`;
  const before = step === 'check' || step === 'rehearsal';
  return (
    <>
      <header className={classes.header}>
        <QuestionSteps
          questions={interview.questions}
          current={question ?? null}
          disabled={stuck || busy || before || step === 'answer' || step === 'type'}
          onShow={(id) => review(id)}
        />
        {!stuck && <ConsentChoice interview={interview} disabled={busy} />}
      </header>
      {step === 'check' &&
        (isRecorded(interview) ? (
          <DeviceCheck
            interview={interview}
            resuming={resuming}
            busy={busy}
            // Whose first question is before them already practises no more: its time runs.
            onReady={() => (resuming ? void goOn() : rehearse())}
          />
        ) : (
          <TypedStart interview={interview} resuming={resuming} />
        ))}
      {step === 'rehearsal' && <Rehearsal interview={interview} />}
      {step === 'answer' && question && (
        <AnswerStep
          key={question.id}
          question={question}
          thinkTimeMs={Math.max(question.thinkTimeMs, leadMs)}
          heading={<QuestionText question={question} about={about} />}
          acts={{
            busy,
            again: () => void answerQuestion(question.id),
            review: () => review(question.id),
            skip: () => confirmSkip(interview, question, () => void skipQuestion(question.id)),
          }}
        />
      )}
      {step === 'type' && question && (
        <TypedStep key={question.id} interview={interview} question={question} about={about} />
      )}
      {step === 'review' && question && (
        <ReviewStep key={question.id} interview={interview} question={question} about={about} />
      )}
      {step === 'overview' && <Overview interview={interview} />}
    </>
  );
}
