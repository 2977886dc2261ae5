import { Anchor, Badge, Button, Group, List, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconMoodEmpty, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { restorableDays } from '../../../shared/model/limits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { refresh, useAct, useOperation } from '../../lib/queries.ts';
import { difficultyWords, kindWords, questionDifficultyWords } from '../../lib/words.ts';
import { ConsentFact } from '../consent/ConsentFact.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { RetentionNotice } from '../policies/RetentionNotice.tsx';
import classes from './DeskInterviewScreen.module.css';
import { PanelEditor } from './PanelEditor.tsx';
import { TimesEditor } from './TimesEditor.tsx';

/** A live or one-way interview for those on its panel: what it is, who, how far it is, and what can be done. */
export function DeskInterviewScreen() {
  const { interviewId = '' } = useParams();
  const { data: interview, error, refetch } = useOperation('desk.interview', { id: interviewId });
  return (
    <InterviewersOnly>
      <Page>
        {error?.code === 'NOT_FOUND' ? (
          <EmptyState
            icon={IconMoodEmpty}
            title="This interview is not here"
            action={
              <Button component={Link} to="/desk">
                Interviews
              </Button>
            }
          >
            It may be gone, or you are not on its panel.
          </EmptyState>
        ) : (
          error && <FailureNote error={error} onRetry={() => void refetch()} />
        )}
        {!interview && !error && <Loading>Opening the interview…</Loading>}
        {interview && <Overview interview={interview} />}
      </Page>
    </InterviewersOnly>
  );
}

function Overview({ interview }: { interview: DeskInterview }) {
  return (
    <>
      <PageHeader
        title={interview.candidate.name}
        documentTitle={`${interview.candidate.name}, ${interview.title}`}
        eyebrow={
          <Anchor component={Link} to="/desk" size="sm">
            Interviews
          </Anchor>
        }
        lead={
          <Group gap="sm">
            <span>
              {interview.title} · {kindWords[interview.kind]} · {difficultyWords[interview.difficulty]}
            </span>
            <StatusBadge status={interview.status} />
          </Group>
        }
        actions={<MainAction interview={interview} />}
      />
      {interview.deletedAt && <Deleted interview={interview} />}
      <RetentionNotice interviewId={interview.id} />
      <Facts facts={factsOf(interview)} />
      <Group gap="xs" mt="md" mb="xl">
        <Judging interview={interview} />
        <OtherActions interview={interview} />
      </Group>
      {interview.instructions && (
        <section className={classes.section} aria-labelledby="instructions">
          <Title order={2} id="instructions" mb="xs">
            Instructions
          </Title>
          <Text className={classes.prose}>{interview.instructions}</Text>
        </section>
      )}
      <section className={classes.section} aria-labelledby="questions">
        <Title order={2} id="questions" mb="xs">
          Questions
        </Title>
        <ol className={classes.questions}>
          {interview.questions.map((question) => (
            <QuestionRow key={question.id} question={question} />
          ))}
        </ol>
      </section>
    </>
  );
}

function factsOf(interview: DeskInterview) {
  const { accommodation } = interview;
  const extras = accommodation
    ? [
        accommodation.timeMultiplier > 1 && `${accommodation.timeMultiplier} × the time`,
        accommodation.extraTakes > 0 && count(accommodation.extraTakes, 'more take'),
        accommodation.note,
      ].filter(Boolean)
    : [];
  const moments = [
    { name: 'Started', at: interview.startedAt },
    { name: 'Ended', at: interview.endedAt },
  ];
  return [
    {
      name: interview.kind === 'LIVE' ? 'Planned for' : 'Due',
      value: <TimesEditor interview={interview} />,
    },
    ...moments.flatMap(({ name, at }) => (at ? [{ name, value: formatMoment(at) }] : [])),
    ...(isLate(interview) ? [{ name: 'Late', value: 'Submitted after it was due' }] : []),
    { name: 'Held by', value: interview.interviewer?.name ?? 'Nobody any more' },
    { name: 'Panel', value: <PanelEditor interview={interview} /> },
    {
      name: 'Consent',
      value: <ConsentFact interview={interview} />,
    },
    ...(extras.length > 0 ? [{ name: 'Accommodations', value: extras.join(', ') }] : []),
    ...(interview.kit
      ? [{ name: 'Kit', value: `${interview.kit.name}, version ${interview.kit.version}` }]
      : []),
    ...(interview.blind && !interview.revealed
      ? [
          {
            name: 'Blind',
            value: 'Who the candidate is, and what they need, shows once you have submitted your scorecard',
          },
        ]
      : []),
  ];
}

function isLate({ kind, status, dueAt, endedAt }: DeskInterview): boolean {
  return (
    kind === 'ONE_WAY' && status === 'COMPLETED' && dueAt !== null && endedAt !== null && endedAt > dueAt
  );
}

function MainAction({ interview }: { interview: DeskInterview }) {
  const navigate = useNavigate();
  const start = useAct('live.start', {
    changes: ['desk.list'],
    // The console opens for what runs: so it is read before.
    onSuccess: () => void refresh('desk.interview').then(() => navigate(`/desk/${interview.id}/live`)),
  });
  if (interview.kind !== 'LIVE' || interview.deletedAt) return null;
  if (interview.status === 'PENDING') {
    return (
      <Button
        leftSection={<IconPlayerPlay size={17} />}
        loading={start.isPending}
        onClick={() => start.mutate({ id: interview.id })}
      >
        Start now
      </Button>
    );
  }
  if (interview.status !== 'IN_PROGRESS') return null;
  return (
    <Button component={Link} to={`/desk/${interview.id}/live`} leftSection={<IconPlayerPlay size={17} />}>
      Back to the interview
    </Button>
  );
}

/** What those on the panel do with what was said. */
function Judging({ interview }: { interview: DeskInterview }) {
  if (interview.status === 'PENDING' || interview.deletedAt) return null;
  const to = (place: string) => `/desk/${interview.id}/${place}`;
  return (
    <>
      <Button component={Link} to={to('scorecard')} variant={interview.revealed ? 'default' : 'light'}>
        Your scorecard
      </Button>
      <Button component={Link} to={to('review')} variant="default">
        Listen
      </Button>
      {interview.revealed && (
        <Button component={Link} to={to('debrief')} variant="default">
          Debrief
        </Button>
      )}
    </>
  );
}

function OtherActions({ interview: { id, status, deletedAt, title } }: { interview: DeskInterview }) {
  const changes = ['desk.interview', 'desk.list'] as const;
  const navigate = useNavigate();
  const cancel = useAct('desk.cancel', { changes });
  const restore = useAct('desk.restore', { changes });
  const remove = useAct('desk.delete', {
    changes,
    onSuccess: () => {
      void navigate('/desk');
      offerUndo(`“${title}” is deleted.`, () => restore.mutate({ id }));
    },
  });
  if (deletedAt) return null;
  const askToCancel = () =>
    modals.openConfirmModal({
      title: status === 'PENDING' ? 'Cancel this interview?' : 'End this interview early?',
      children: <Text size="sm">It cannot be started again. What was recorded and noted is kept.</Text>,
      labels: { confirm: status === 'PENDING' ? 'Cancel it' : 'End it', cancel: 'Back' },
      confirmProps: { color: 'red' },
      onConfirm: () => cancel.mutate({ id }),
    });
  const askToDelete = () =>
    modals.openConfirmModal({
      title: 'Delete this interview?',
      children: (
        <Text size="sm">
          Its recordings, notes and scorecards go with it. It can be restored for {restorableDays} days.
        </Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Back' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id }),
    });
  return (
    <>
      {(status === 'PENDING' || status === 'IN_PROGRESS') && (
        <Button variant="subtle" color="gray" onClick={askToCancel}>
          {status === 'PENDING' ? 'Cancel it' : 'End it early'}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={askToDelete}>
        Delete
      </Button>
    </>
  );
}

function Deleted({ interview }: { interview: DeskInterview }) {
  const restore = useAct('desk.restore', { changes: ['desk.interview', 'desk.list'] });
  return (
    <Group mb="md">
      <Text>This interview is deleted.</Text>
      <Button variant="default" onClick={() => restore.mutate({ id: interview.id })}>
        Restore it
      </Button>
    </Group>
  );
}

const stateWords: Record<DeskQuestion['state'], string> = {
  NOT_ASKED: 'Not asked',
  ASKED: 'Asked',
  SKIPPED: 'Skipped',
  ANSWERED: 'Answered',
};

function QuestionRow({ question }: { question: DeskQuestion }) {
  return (
    <li>
      <Text>{question.content}</Text>
      <Group gap="xs" mt={4}>
        <Text size="sm" c="dimmed">
          {competencyLabel(question.competency)} · {questionDifficultyWords[question.difficulty]}
        </Text>
        <Badge variant="light" color={question.state === 'ANSWERED' ? 'pine' : 'gray'}>
          {stateWords[question.state]}
        </Badge>
        {question.state !== 'NOT_ASKED' && (
          <Anchor component={Link} to={`/compare/${question.id}`} size="sm">
            Compare answers
          </Anchor>
        )}
      </Group>
      <details>
        <summary className={classes.summary}>What a good answer covers</summary>
        <List size="sm" spacing={4} mt={4}>
          {question.covers.map((point) => (
            <List.Item key={point}>{point}</List.Item>
          ))}
        </List>
      </details>
    </li>
  );
}
