import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { OneWayInterview, OneWayQuestion } from '../../../shared/contract/one-way.ts';

/** Skipping is for good once the next question is there, so it is asked for first. */
export function confirmSkip(
  { questions }: Pick<OneWayInterview, 'questions'>,
  { id }: Pick<OneWayQuestion, 'id'>,
  onConfirm: () => void,
): void {
  const isLast = questions.at(-1)?.id === id;
  modals.openConfirmModal({
    title: 'Skip this question?',
    children: (
      <Text size="sm">
        {isLast
          ? 'It stays without an answer. Before you submit you can still come back to it.'
          : 'It stays without an answer, and you cannot come back to it.'}
      </Text>
    ),
    labels: { confirm: 'Skip it', cancel: 'Stay' },
    onConfirm,
  });
}
