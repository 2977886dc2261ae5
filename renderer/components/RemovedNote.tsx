import { Text } from '@mantine/core';
import type { Question } from '../../shared/contract/interviews.ts';
import { formatDay } from '../lib/formats.ts';

type Removed = Pick<
  NonNullable<Question['answer']>,
  'takes' | 'transcript' | 'recordingsRemovedAt' | 'transcriptRemovedAt'
>;

/** That something of an answer went by a retention rule, and when: it is not missing. */
export function RemovedNote({ answer }: { answer: Removed | null }) {
  const words = removedWords(answer);
  if (words.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {words.join(' ')}
    </Text>
  );
}

function removedWords(answer: Removed | null): string[] {
  if (!answer) return [];
  const { takes, transcript, recordingsRemovedAt, transcriptRemovedAt } = answer;
  const by = 'by the rules for how long things are kept.';
  return [
    recordingsRemovedAt && takes.length === 0
      ? `The recording was removed on ${formatDay(recordingsRemovedAt)}, ${by}`
      : '',
    transcriptRemovedAt && transcript === ''
      ? `The transcript was removed on ${formatDay(transcriptRemovedAt)}, ${by}`
      : '',
  ].filter((words) => words !== '');
}
