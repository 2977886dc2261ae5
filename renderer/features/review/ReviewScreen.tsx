import { Anchor, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import type { Note } from '../../../shared/contract/notes.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { RecoveredOffer } from '../../components/RecoveredTake.tsx';
import { RemovedNote } from '../../components/RemovedNote.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { ConsentFact } from '../consent/ConsentFact.tsx';
import { AnswerRating } from './AnswerRating.tsx';
import { InterviewPage } from './InterviewPage.tsx';
import classes from './Review.module.css';

/** Where to jump: a take, a moment of it, and a number that tells two jumps to one place apart. */
interface Jump {
  takeId: string;
  ms: number;
  number: number;
}

/** The answers of one interview, to be listened to and rated, with the notes that lead to their moments. */
export function ReviewScreen() {
  return (
    <InterviewPage title="Listen" width={1080} lead="Answers, with your notes at their moments.">
      {(interview) => (
        <>
          <Text component="div" size="sm" c="dimmed" mb="lg">
            <ConsentFact interview={interview} />
          </Text>
          <Answers interview={interview} />
        </>
      )}
    </InterviewPage>
  );
}

function Answers({ interview }: { interview: DeskInterview }) {
  const { data: notes = [], error, refetch } = useOperation('notes.list', { interviewId: interview.id });
  const [words, setWords] = useState('');
  const [authorId, setAuthorId] = useState<string | null>(null);
  const [jump, setJump] = useState<Jump | null>(null);
  const authors = new Map(notes.map(({ author }) => [author.id, author.name]));
  const shown = notes.filter(
    ({ body, author }) =>
      body.toLowerCase().includes(words.trim().toLowerCase()) && (!authorId || author.id === authorId),
  );
  const asked = interview.questions.filter(({ state }) => state !== 'NOT_ASKED');
  const general = shown.filter(({ questionId }) => !asked.some(({ id }) => id === questionId));
  return (
    <>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {notes.length > 0 && (
        <search>
          <Group mb="lg">
            <TextInput
              aria-label="Search the notes"
              placeholder="Search the notes"
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            {authors.size > 1 && (
              <Select
                aria-label="Whose notes"
                placeholder="Everybody’s notes"
                clearable
                data={[...authors].map(([value, label]) => ({ value, label }))}
                value={authorId}
                onChange={setAuthorId}
              />
            )}
          </Group>
        </search>
      )}
      <Stack gap={48}>
        {asked.map((question) => (
          <Answer
            key={question.id}
            interview={interview}
            question={question}
            notes={shown.filter(({ questionId }) => questionId === question.id)}
            jump={jump}
            onJump={(takeId, ms) => setJump({ takeId, ms, number: (jump?.number ?? 0) + 1 })}
          />
        ))}
        {asked.length === 0 && <Text c="dimmed">No question was asked in this interview.</Text>}
        {general.length > 0 && (
          <section aria-labelledby="general">
            <Title order={2} size="h3" id="general" mb="xs">
              Other notes
            </Title>
            <NoteList notes={general} onJump={() => undefined} />
          </section>
        )}
      </Stack>
    </>
  );
}

function Answer({
  interview,
  question,
  notes,
  jump,
  onJump,
}: {
  interview: DeskInterview;
  question: DeskQuestion;
  notes: readonly Note[];
  jump: Jump | null;
  onJump: (takeId: string, ms: number) => void;
}) {
  const takes = question.answer?.takes.filter(({ state }) => state !== 'RECORDING') ?? [];
  return (
    <section aria-labelledby={question.id}>
      <Title order={2} id={question.id} size="h3" mb="sm" maw="60ch">
        {question.content}
      </Title>
      <div className={classes.answer}>
        <Stack gap="sm">
          {takes
            // In a one-way interview the candidate decides about it.
            .filter(({ offered }) => offered && interview.kind === 'LIVE')
            .map((take) => (
              <RecoveredOffer key={take.id} take={take} keeper="live" />
            ))}
          {takes.map((take) => (
            <AudioPlayer
              key={take.id}
              src={take.audioUrl}
              durationMs={take.durationMs}
              label={takes.length > 1 ? `Take ${take.number}` : 'The answer'}
              jump={jump?.takeId === take.id ? jump : undefined}
            />
          ))}
          {takes.length === 0 && !question.answer?.recordingsRemovedAt && (
            <Text c="dimmed">Nothing was recorded.</Text>
          )}
          <RemovedNote answer={question.answer} />
          {question.answer?.transcript && <Text className={classes.prose}>{question.answer.transcript}</Text>}
          <AnswerRating interview={interview} question={question} />
          <Anchor component={Link} to={`/compare/${question.id}`} size="sm">
            Compare with other candidates’ answers
          </Anchor>
        </Stack>
        <NoteList notes={notes} onJump={onJump} />
      </div>
    </section>
  );
}

function NoteList({
  notes,
  onJump,
}: {
  notes: readonly Note[];
  onJump: (takeId: string, ms: number) => void;
}) {
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes} aria-label="Notes">
      {notes.map(({ id, body, author, mine, takeId, atMs }) => (
        <li key={id}>
          <Text className={classes.prose}>{body}</Text>
          <Group gap="xs">
            {!mine && (
              <Text size="sm" c="dimmed">
                {author.name}
              </Text>
            )}
            {takeId && atMs !== null && (
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconPlayerPlay size={13} />}
                onClick={() => onJump(takeId, atMs)}
              >
                {formatDuration(atMs)}
              </Button>
            )}
          </Group>
        </li>
      ))}
    </ul>
  );
}
