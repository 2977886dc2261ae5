import { Anchor, Badge, Button, Switch, Text, Title } from '@mantine/core';
import { IconEar, IconFilterOff, IconMoodEmpty } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ComparedAnswer } from '../../../shared/contract/review.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Keys } from '../../components/Keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { RemovedNote } from '../../components/RemovedNote.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { AnswerRating } from './AnswerRating.tsx';
import classes from './Compare.module.css';
import { compareInput, isNarrowed, useReviewFilters } from './filters.ts';
import { ReviewFilterBar } from './ReviewFilterBar.tsx';

/** All candidates' answers to one question side by side, to be heard one after the other and rated. */
export function CompareScreen() {
  return (
    <InterviewersOnly>
      <Compare />
    </InterviewersOnly>
  );
}

function Compare() {
  const { questionId = '' } = useParams();
  const [blind, setBlind] = useState(false);
  const [filters, setFilters] = useReviewFilters();
  const { data: answers, ...list } = usePages('review.compare', {
    ...{ questionId, blind, ...compareInput(filters) },
  });
  const [current, setCurrent] = useState(0);
  const cards = useRef<HTMLUListElement>(null);
  const go = (to: number) => {
    const card = cards.current?.children[to];
    if (!(card instanceof HTMLElement)) return;
    // Space on the player plays; an answer without a recording is read.
    const target = card.querySelector<HTMLElement>('[data-player] button') ?? card;
    target.focus();
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  useShortcuts(
    [
      { keys: 'j', does: 'Next answer', run: () => go(current + 1) },
      { keys: 'k', does: 'Answer before', run: () => go(Math.max(0, current - 1)) },
      { keys: 'b', does: 'Hide or show names', run: () => setBlind(!blind) },
    ],
    { first: true },
  );
  return (
    <Page width={1400}>
      <PageHeader
        title="Compare answers"
        eyebrow={
          <Anchor component={Link} to="/compare" size="sm">
            Candidates and questions
          </Anchor>
        }
        lead={answers?.[0]?.question.content}
        actions={
          <Switch
            label="Hide names"
            checked={blind}
            onChange={(event) => setBlind(event.currentTarget.checked)}
          />
        }
      />
      <ReviewFilterBar filters={filters} onChange={setFilters} />
      {list.error?.code === 'NOT_FOUND' ? (
        <EmptyState icon={IconMoodEmpty} title="This question is not here">
          It may be gone, or you are not on the panel of its interview.
        </EmptyState>
      ) : (
        list.error && <FailureNote error={list.error} onRetry={() => void list.refetch()} />
      )}
      {!answers && !list.error && <Loading>Gathering the answers…</Loading>}
      {answers?.length === 0 &&
        (isNarrowed(filters) ? (
          <EmptyState icon={IconFilterOff} title="No answer matches">
            Try other filters, or clear them.
          </EmptyState>
        ) : (
          <EmptyState icon={IconEar} title="Nobody has answered this yet">
            Once it was asked in an interview whose panel you are on, the answer is here.
          </EmptyState>
        ))}
      {answers && answers.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            <Keys keys="j" /> next, <Keys keys="k" /> before, <Keys keys=" " /> plays, 1–5 rate it on your
            scorecard.
          </Text>
          <ul ref={cards} className={classes.answers} aria-label="Answers">
            {answers.map((answer, index) => (
              // The blind order is another one: an answer may not be recognised by staying where it was.
              <li
                key={`${blind} ${answer.question.id}`}
                tabIndex={-1}
                className={classes.answer}
                data-current={index === current || undefined}
                aria-current={index === current || undefined}
                onFocus={() => setCurrent(index)}
              >
                <Answer answer={answer} blind={blind} isCurrent={index === current} />
              </li>
            ))}
          </ul>
          {list.hasNextPage && (
            <Button
              mt="lg"
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              More answers
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function Answer({
  answer: { interviewId, candidate, askedAt, revealed, question },
  blind,
  isCurrent,
}: {
  answer: ComparedAnswer;
  blind: boolean;
  isCurrent: boolean;
}) {
  const takes = question.answer?.takes.filter(({ state }) => state !== 'RECORDING') ?? [];
  // What counts is the chosen take; the others are a click away in the interview.
  const take = takes.find(({ chosen }) => chosen) ?? takes.at(-1);
  const score = question.answer?.score ?? null;
  return (
    <>
      <div className={classes.head}>
        <div>
          <Title order={2} size="h4">
            {blind ? (
              candidate.name
            ) : (
              <Anchor component={Link} to={`/desk/${interviewId}/review`} inherit>
                {candidate.name}
              </Anchor>
            )}
          </Title>
          {askedAt && (
            <Text size="sm" c="dimmed">
              {formatMoment(askedAt)}
            </Text>
          )}
        </div>
        {revealed && score !== null && (
          <Badge variant="light" tt="none">
            Panel’s score {score}
          </Badge>
        )}
      </div>
      {take ? (
        <div data-player>
          <AudioPlayer
            src={take.audioUrl}
            durationMs={take.durationMs}
            label={`the answer of ${candidate.name}`}
          />
        </div>
      ) : (
        !question.answer?.recordingsRemovedAt && <Text c="dimmed">Nothing was recorded.</Text>
      )}
      <RemovedNote answer={question.answer} />
      {question.answer?.transcript && <Text className={classes.prose}>{question.answer.transcript}</Text>}
      <AnswerRating interview={{ id: interviewId }} question={question} byKeys={isCurrent} />
    </>
  );
}
