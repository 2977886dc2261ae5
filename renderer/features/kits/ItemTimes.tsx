import { Button, Group, NativeSelect } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import type { DraftItem } from './kit-draft.ts';
import { answerTimes, thinkTimes, timeChoices, timeWords } from './kit-words.ts';

interface Times {
  thinkTimeMs: number | undefined;
  answerTimeMs: number | undefined;
}

/** Times of one item's questions, where they are not the kit's. */
export function ItemTimes({
  item,
  number,
  kitTimes,
  onChange,
}: {
  item: DraftItem;
  number: number;
  kitTimes: { thinkTimeMs: number; answerTimeMs: number };
  onChange: (times: Times) => void;
}) {
  const { thinkTimeMs, answerTimeMs } = item;
  const [opened, setOpened] = useState(false);
  const own = thinkTimeMs !== undefined || answerTimeMs !== undefined;
  if (!own && !opened) {
    return (
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        mt={6}
        ml={-8}
        leftSection={<IconClock size={14} />}
        aria-label={`Times of its own for item ${number}`}
        onClick={() => setOpened(true)}
      >
        Times of its own
      </Button>
    );
  }
  const chosen = (value: string) => (value === '' ? undefined : Number(value));
  const asKit = (ms: number) => ({ value: '', label: `As the kit: ${timeWords(ms).toLowerCase()}` });
  return (
    <Group gap="sm" mt="sm">
      <NativeSelect
        size="xs"
        label="Time to think"
        aria-label={`Time to think about item ${number}`}
        value={thinkTimeMs ?? ''}
        data={[asKit(kitTimes.thinkTimeMs), ...timeChoices(thinkTimes, thinkTimeMs)]}
        onChange={({ currentTarget }) => onChange({ thinkTimeMs: chosen(currentTarget.value), answerTimeMs })}
      />
      <NativeSelect
        size="xs"
        label="Time to answer"
        aria-label={`Time to answer item ${number}`}
        value={answerTimeMs ?? ''}
        data={[asKit(kitTimes.answerTimeMs), ...timeChoices(answerTimes, answerTimeMs)]}
        onChange={({ currentTarget }) => onChange({ thinkTimeMs, answerTimeMs: chosen(currentTarget.value) })}
      />
    </Group>
  );
}
