import { Alert, Button, Group, Modal, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { type Recommendation, recommendations } from '../../../shared/model/scorecard.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { LevelRating } from '../../components/LevelRating.tsx';
import { reportFailure } from '../../lib/failures.ts';
import { formatMoment } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { recommendationWords } from '../../lib/recommendation-words.ts';
import { AnswerRating } from './AnswerRating.tsx';
import { Evidence } from './Evidence.tsx';
import { InterviewPage } from './InterviewPage.tsx';
import { OtherLevel, OtherWindow } from './OtherWindow.tsx';
import { ScorecardText } from './ScorecardText.tsx';
import { useRating } from './use-rating.ts';
import { keepScorecard, writeScorecard } from './write-scorecard.ts';

/** What changes with one's own scorecard: once it is submitted, what the others wrote is there too. */
const changes = [
  'scorecards.mine',
  'desk.interview',
  'desk.list',
  'scorecards.debrief',
  'notes.list',
] as const;

/** One's own scorecard: everything is kept as it is written, and locked once it is submitted. */
export function ScorecardScreen() {
  return (
    <InterviewPage
      title="Your scorecard"
      width={780}
      lead="Yours alone until you submit it. The others’ show only then."
    >
      {(interview) => <Loaded interview={interview} />}
    </InterviewPage>
  );
}

function Loaded({ interview }: { interview: DeskInterview }) {
  const { data: scorecard, error, refetch } = useOperation('scorecards.mine', { interviewId: interview.id });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!scorecard) return null;
  if (interview.status === 'PENDING')
    return <Text>The interview has not begun, so there is nothing to rate.</Text>;
  return <Scorecard interview={interview} scorecard={scorecard} />;
}

function Scorecard({ interview, scorecard }: { interview: DeskInterview; scorecard: OwnScorecard }) {
  const { id: interviewId } = interview;
  const locked = scorecard.state === 'SUBMITTED';
  const asked = interview.questions.filter(({ state }) => state === 'ANSWERED' || state === 'ASKED');
  return (
    <Stack gap={40}>
      {locked && <Locked interview={interview} scorecard={scorecard} />}
      <section aria-labelledby="competencies">
        <Title order={2} id="competencies" mb="md">
          Competencies
        </Title>
        <Stack gap="xl">
          {interview.rubric.map((competency) => (
            <CompetencyRating
              key={competency.key}
              interviewId={interviewId}
              competency={competency}
              scorecard={scorecard}
            />
          ))}
          {interview.rubric.length === 0 && (
            <Text c="dimmed">The kit of this interview names no competencies.</Text>
          )}
        </Stack>
      </section>
      <section aria-labelledby="answers">
        <Title order={2} id="answers" mb="md">
          Answers
        </Title>
        <Stack gap="xl">
          {asked.map((question) => (
            <div key={question.id}>
              <Text fw={600} mb="xs">
                {question.content}
              </Text>
              <AnswerRating interview={interview} question={question} />
              <Evidence
                interviewId={interviewId}
                scorecard={scorecard}
                subject={{ questionId: question.id }}
              />
            </div>
          ))}
          {asked.length === 0 && <Text c="dimmed">No question was asked.</Text>}
        </Stack>
        <Button component={Link} to={`/desk/${interviewId}/review`} variant="default" mt="md">
          Listen to the answers
        </Button>
      </section>
      <section aria-labelledby="judgement">
        <Title order={2} id="judgement" mb="md">
          Your judgement
        </Title>
        <Stack gap="md">
          <RecommendationChoice interviewId={interviewId} scorecard={scorecard} />
          <ScorecardText
            {...{ interviewId, scorecard }}
            field="takeaways"
            label="Key take-aways"
            description="What somebody should know who has a minute."
          />
          <ScorecardText
            {...{ interviewId, scorecard }}
            field="sharedNotes"
            label="Notes for the panel"
            description="They read them once they have submitted theirs."
          />
          <ScorecardText
            {...{ interviewId, scorecard }}
            field="privateNotes"
            label="Notes for yourself"
            description="Nobody else ever reads these."
          />
        </Stack>
      </section>
      {!locked && <Submit interviewId={interviewId} scorecard={scorecard} />}
    </Stack>
  );
}

function RecommendationChoice({ interviewId, scorecard }: { interviewId: string; scorecard: OwnScorecard }) {
  const [chosen, setChosen] = useState<Recommendation | null>(null);
  const [wished, setWished] = useState<Recommendation | null>(null);
  const choose = async (recommendation: Recommendation) => {
    setChosen(recommendation);
    setWished(null);
    try {
      const current = await writeScorecard(interviewId, { recommendation });
      // Another window has chosen meanwhile: that shows, and the person says which holds.
      if (current) keepScorecard(interviewId, current);
      if (current && current.recommendation !== recommendation) setWished(recommendation);
    } catch (error) {
      reportFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setChosen(null);
    }
  };
  const { recommendation: held } = scorecard;
  return (
    <div>
      <Radio.Group
        label="Recommendation"
        value={chosen ?? held ?? ''}
        onChange={(value) => {
          const recommendation = recommendations.find((one) => one === value);
          if (recommendation) void choose(recommendation);
        }}
      >
        <Group mt={6}>
          {recommendations.map((one) => (
            <Radio
              key={one}
              value={one}
              label={recommendationWords[one]}
              disabled={scorecard.state === 'SUBMITTED'}
            />
          ))}
        </Group>
      </Radio.Group>
      {wished && (
        <OtherWindow
          says={held ? `you chose “${recommendationWords[held]}”` : 'you chose none'}
          mine={`Make it “${recommendationWords[wished]}”`}
          onMine={() => void choose(wished)}
          onTheirs={() => setWished(null)}
        />
      )}
    </div>
  );
}

function CompetencyRating({
  interviewId,
  competency: { key, levels, weight },
  scorecard,
}: {
  interviewId: string;
  competency: DeskInterview['rubric'][number];
  scorecard: OwnScorecard;
}) {
  const rating = useRating(interviewId, { competency: key }, scorecard);
  return (
    <div>
      <LevelRating
        label={`${competencyLabel(key)}${weight === 1 ? '' : ` (weight ${weight})`}`}
        level={rating.level}
        anchors={levels}
        readOnly={scorecard.state === 'SUBMITTED'}
        onRate={rating.choose}
      />
      <OtherLevel rating={rating} />
      <Evidence interviewId={interviewId} scorecard={scorecard} subject={{ competency: key }} />
    </div>
  );
}

function Submit({ interviewId, scorecard }: { interviewId: string; scorecard: OwnScorecard }) {
  const submit = useAct('scorecards.submit', { changes, showsFailure: true });
  const send = () => submit.mutate({ interviewId, seen: scorecard.updatedAt });
  const askToSubmit = () =>
    modals.openConfirmModal({
      title: 'Submit your scorecard?',
      children: (
        <Text size="sm">
          It is locked then, and you see what the others have submitted. Reopening it leaves a trace that they
          see.
        </Text>
      ),
      labels: { confirm: 'Submit', cancel: 'Not yet' },
      onConfirm: send,
    });
  return (
    <Stack gap="md" align="start">
      {submit.error && (
        <Alert color="amber" role="alert" title="Not submitted">
          {submit.error.message}
        </Alert>
      )}
      <Button size="md" loading={submit.isPending} onClick={askToSubmit}>
        Submit the scorecard
      </Button>
    </Stack>
  );
}

function Locked({ interview, scorecard }: { interview: DeskInterview; scorecard: OwnScorecard }) {
  const [asking, setAsking] = useState(false);
  return (
    <Alert color="pine" icon={<IconLock aria-hidden />} title="Submitted and locked">
      <Stack gap="sm" align="start">
        <Text size="sm">
          {scorecard.submittedAt && `Since ${formatMoment(scorecard.submittedAt)}.`} What the others have
          submitted is in the debrief.
        </Text>
        <Group gap="xs">
          <Button component={Link} to={`/desk/${interview.id}/debrief`} size="compact-md">
            Debrief
          </Button>
          <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
            Reopen it
          </Button>
        </Group>
      </Stack>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Reopen your scorecard?">
        <Reopen interviewId={interview.id} onClose={() => setAsking(false)} />
      </Modal>
    </Alert>
  );
}

function Reopen({ interviewId, onClose }: { interviewId: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const reopen = useAct('scorecards.reopen', { changes, showsFailure: true, onSuccess: onClose });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        reopen.mutate({ interviewId, reason });
      }}
    >
      <Stack gap="md">
        {reopen.error && <Alert color="red">{reopen.error.message}</Alert>}
        <Textarea
          label="Why"
          description="The others on the panel read this beside your scorecard."
          autosize
          minRows={2}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={reopen.isPending} disabled={reason.trim() === ''}>
            Reopen
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
