import { Alert, Badge, Button, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import type { Debrief, Debriefed, Rating } from '../../../shared/contract/scorecards.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { recommendationWords } from '../../lib/recommendation-words.ts';
import { InterviewPage } from './InterviewPage.tsx';
import classes from './Review.module.css';

/** Levels this far apart are worth talking about. */
const wideRange = 2;

/** The panel's scorecards side by side, and where they are apart. */
export function DebriefScreen() {
  return (
    <InterviewPage
      title="Debrief"
      width={1080}
      lead="What each of the panel wrote before they saw the others’."
    >
      {(interview) => <Loaded interview={interview} />}
    </InterviewPage>
  );
}

function Loaded({ interview }: { interview: DeskInterview }) {
  const { data: debrief, error, refetch } = useOperation('scorecards.debrief', { interviewId: interview.id });
  if (error?.code === 'FORBIDDEN') {
    return (
      <EmptyState
        icon={IconLock}
        title="First your own"
        action={
          <Button component={Link} to={`/desk/${interview.id}/scorecard`}>
            Your scorecard
          </Button>
        }
      >
        {error.message}
      </EmptyState>
    );
  }
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!debrief) return null;
  return <SideBySide interview={interview} debrief={debrief} />;
}

function SideBySide({ interview, debrief }: { interview: DeskInterview; debrief: Debrief }) {
  const { scorecards } = debrief;
  const waiting = scorecards.filter(({ submitted }) => !submitted);
  return (
    <>
      {waiting.length > 0 && (
        <Alert color="amber" icon={<IconAlertTriangle aria-hidden />} mb="lg">
          Not submitted yet: {waiting.map(({ interviewer }) => interviewer.name).join(', ')}.
        </Alert>
      )}
      <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="sm" className={classes.debrief}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">
                <span className={classes.hidden}>What is judged</span>
              </Table.Th>
              {scorecards.map(({ interviewer }) => (
                <Table.Th key={interviewer.id} scope="col">
                  {interviewer.name}
                </Table.Th>
              ))}
              <Table.Th scope="col">Spread</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">Recommendation</Table.Th>
              {scorecards.map(({ interviewer, submitted, state }) => (
                <Table.Td key={interviewer.id}>
                  {submitted ? (
                    <strong>{recommendationWords[submitted.recommendation]}</strong>
                  ) : (
                    <Text size="sm" c="dimmed">
                      {state === 'NONE' ? 'Not begun' : 'Not submitted'}
                    </Text>
                  )}
                </Table.Td>
              ))}
              <Table.Td />
            </Table.Tr>
            {interview.rubric.map(({ key }) => (
              <Row
                key={key}
                name={competencyLabel(key)}
                debrief={debrief}
                isIt={({ competency }) => competency === key}
              />
            ))}
            {interview.questions
              .filter(({ state }) => state !== 'NOT_ASKED')
              .map(({ id, content }) => (
                <Row key={id} name={content} debrief={debrief} isIt={({ questionId }) => questionId === id} />
              ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="xs">
        Spread: lowest to highest level, and the standard deviation. {wideRange} levels or more apart are
        marked.
        {interview.score !== null && ` The interview’s score is ${interview.score} of 100.`}
      </Text>
      <div className={classes.cards}>
        {scorecards.map((card) => (
          <Written key={card.interviewer.id} card={card} />
        ))}
      </div>
    </>
  );
}

type Subject = Pick<Rating, 'questionId' | 'competency'>;

function Row({
  name,
  debrief: { scorecards, spreads },
  isIt,
}: {
  name: string;
  debrief: Debrief;
  isIt: (subject: Subject) => boolean;
}) {
  const spread = spreads.find(isIt);
  const wide = spread && spread.highest - spread.lowest >= wideRange;
  return (
    <Table.Tr data-wide={wide || undefined}>
      <Table.Th scope="row" className={classes.subject}>
        <Text span inherit lineClamp={4} title={name.length > 120 ? name : undefined}>
          {name}
        </Text>
      </Table.Th>
      {scorecards.map(({ interviewer, submitted }) => {
        const rating = submitted?.ratings.find(isIt);
        return (
          <Table.Td key={interviewer.id}>
            {rating ? (
              <>
                <span className={classes.level}>{rating.level}</span>
                {rating.evidence && (
                  <Text size="sm" c="dimmed" mt={4}>
                    {rating.evidence}
                  </Text>
                )}
              </>
            ) : (
              <Text size="sm" c="dimmed">
                –
              </Text>
            )}
          </Table.Td>
        );
      })}
      <Table.Td>
        {spread && (
          <>
            {spread.lowest === spread.highest ? spread.lowest : `${spread.lowest}–${spread.highest}`}
            <Text size="sm" c="dimmed" span>
              {' '}
              ±{spread.deviation.toFixed(1)}
            </Text>
            {wide && (
              <Badge color="amber" variant="light" ml={6}>
                Apart
              </Badge>
            )}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Written({ card: { interviewer, submitted, events } }: { card: Debriefed }) {
  const reopened = events.filter(({ act }) => act === 'REOPENED');
  if (!submitted && reopened.length === 0) return null;
  return (
    <section className={classes.card} aria-label={interviewer.name}>
      <Title order={2} size="h3">
        {interviewer.name}
      </Title>
      {submitted && (
        <>
          <Part title="Key take-aways" text={submitted.takeaways} />
          <Part title="Notes" text={submitted.sharedNotes} />
          <Text size="sm" c="dimmed">
            Submitted {formatMoment(submitted.submittedAt)}
          </Text>
        </>
      )}
      {reopened.map(({ at, reason }) => (
        <Text key={at} size="sm" c="dimmed">
          Reopened {formatMoment(at)}, perhaps after seeing the others’: {reason}
        </Text>
      ))}
    </section>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text className={classes.prose}>{text}</Text>
    </div>
  );
}
