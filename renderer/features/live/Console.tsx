import { useEffect, useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { call } from '../../lib/client.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import {
  ask,
  change,
  followQuestion,
  goOn,
  nextQuestion,
  record,
  stopRecording,
  takeBreak,
  useLive,
} from '../../stores/live.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { ConsentDialog } from '../consent/ConsentFact.tsx';
import { BreakNote } from './BreakNote.tsx';
import { ConsoleBar } from './ConsoleBar.tsx';
import { CurrentQuestion } from './CurrentQuestion.tsx';
import { EndDialog } from './EndDialog.tsx';
import classes from './Live.module.css';
import { Notes } from './Notes.tsx';
import { QuestionRail } from './QuestionRail.tsx';

/** Everything that an interviewer needs while they talk, on one screen and under the keyboard. */
export function Console({ interview }: { interview: DeskInterview }) {
  const { id, questions, currentQuestionId, pausedAt, consent } = interview;
  const { recording, busy } = useLive();
  const phase = useRecorder((state) => state.phase);
  const [ending, setEnding] = useState(false);
  const [consenting, setConsenting] = useState(false);
  const mayRecord = consent?.decision === 'AGREED';
  const at = questions.findIndex((question) => question.id === currentQuestionId);
  const current = questions[at] ?? null;
  const nextId = nextQuestion(interview);
  const before = questions.slice(0, Math.max(0, at)).findLast((question) => question.state !== 'NOT_ASKED');

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked at again once nothing is asked of main any more
  useEffect(() => followQuestion(id), [id, currentQuestionId, busy, phase]);

  const go = (questionId: string | undefined | null) => {
    if (!questionId || busy) return;
    // The first question begins what is recorded; from then on the person says when not.
    const first = mayRecord && currentQuestionId === null && !recording;
    if (first) record(questionId);
    void ask(interview, questionId);
  };
  const passOver = () => {
    if (nextId && !busy) void change(id, () => call('live.passOver', { questionId: nextId }));
  };
  const toggleRecording = () => {
    if (!mayRecord || !current || pausedAt) return;
    if (phase === 'recording' || phase === 'thinking') void stopRecording();
    else if (phase !== 'finishing' && phase !== 'paused') record(current.id);
  };
  const toggleBreak = () => {
    if (busy) return;
    void (pausedAt ? goOn(id) : takeBreak(id));
  };
  const focusNote = () => document.getElementById('note')?.focus();

  useShortcuts(
    [
      ...(pausedAt
        ? []
        : [
            { keys: 'n', does: 'Next question', run: () => go(nextId) },
            { keys: 'p', does: 'The question before', run: () => go(before?.id) },
            { keys: 's', does: 'Pass the next question over', run: passOver },
            ...(mayRecord ? [{ keys: 'r', does: 'Record, or stop recording', run: toggleRecording }] : []),
          ]),
      { keys: 'b', does: pausedAt ? 'End the break' : 'Break', run: toggleBreak },
      { keys: '/', does: 'Write a note', run: focusNote },
      ...(interview.consentText
        ? [{ keys: 'c', does: 'What they agreed to', run: () => setConsenting(true) }]
        : []),
      { keys: 'e', does: 'End the interview', run: () => setEnding(true) },
    ],
    { first: true },
  );

  return (
    <div className={classes.console}>
      <ConsoleBar
        interview={interview}
        mayRecord={mayRecord}
        onToggleRecording={toggleRecording}
        onToggleBreak={toggleBreak}
        onConsent={() => setConsenting(true)}
        onEnd={() => setEnding(true)}
      />
      <QuestionRail interview={interview} onAsk={go} />
      <div className={classes.middle}>
        {pausedAt && <BreakNote since={pausedAt} onGoOn={toggleBreak} />}
        <CurrentQuestion
          interview={interview}
          question={current}
          nextId={nextId}
          onNext={() => go(nextId)}
          onPassOver={passOver}
        />
      </div>
      <Notes interview={interview} />
      <ConsentDialog
        interview={interview}
        opened={consenting}
        onClose={() => setConsenting(false)}
        beforeTakingBack={stopRecording}
      />
      <EndDialog interview={interview} opened={ending} onClose={() => setEnding(false)} />
    </div>
  );
}
