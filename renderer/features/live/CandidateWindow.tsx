import { Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { on } from '../../lib/client.ts';
import { useDocumentTitle } from '../../lib/document-title.ts';
import { formatDuration } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import classes from './CandidateWindow.module.css';
import { useNow } from './clock.ts';

/** Should an event get lost, the view is this much behind at most, ms. */
const refreshMs = 5_000;

/** A candidate's own window: the question that is before them, and how long it has been. Nothing else. */
export function CandidateWindow({ interviewId }: { interviewId: string }) {
  const { data: view, refetch } = useOperation(
    'live.candidateView',
    { id: interviewId },
    { refetchInterval: refreshMs },
  );
  useDocumentTitle('Interview');
  useEffect(
    () =>
      on('desk.changed', (changed) => {
        if (changed.interviewId === interviewId) void refetch();
      }),
    [interviewId, refetch],
  );
  return (
    <main className={classes.window} aria-live="polite">
      {view?.state === 'QUESTION' && view.question && (
        <>
          <Title order={1} className={classes.question}>
            {view.question.content}
          </Title>
          <Clock since={view.question.since} answerTimeMs={view.question.answerTimeMs} />
        </>
      )}
      {view?.state === 'BREAK' && <Message title="Break" words="We go on in a moment." />}
      {view?.state === 'WAITING' && <Message title="Welcome" words="The first question appears here." />}
      {view?.state === 'ENDED' && <Message title="Thank you" words="The interview has ended." />}
      {!view && <Message title="One moment" words="The interview is being opened." />}
    </main>
  );
}

function Clock({ since, answerTimeMs }: { since: string; answerTimeMs: number }) {
  const gone = Math.max(0, useNow() - new Date(since).getTime());
  return (
    <Text className={classes.clock} data-over={gone > answerTimeMs || undefined} aria-live="off">
      {formatDuration(Math.floor(gone / 1000) * 1000)}
      <span className={classes.of}> of about {formatDuration(answerTimeMs)}</span>
    </Text>
  );
}

function Message({ title, words }: { title: string; words: string }) {
  return (
    <>
      <Title order={1} className={classes.question}>
        {title}
      </Title>
      <Text size="xl" c="dimmed">
        {words}
      </Text>
    </>
  );
}
