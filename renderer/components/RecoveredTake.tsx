import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconRestore } from '@tabler/icons-react';
import type { DiscardedTake, Take } from '../../shared/contract/interviews.ts';
import { restorableDays } from '../../shared/model/limits.ts';
import { formatDay, formatDuration } from '../lib/formats.ts';
import { useAct } from '../lib/queries.ts';
import { AudioPlayer } from './AudioPlayer.tsx';

const changes = [
  ...(['interviews.get', 'interviews.list', 'interviews.unfinished'] as const),
  ...(['desk.interview', 'oneWay.get', 'oneWay.mine'] as const),
];

/** Whose operations decide about a take: the practising person's, the panel's of a live interview, or the candidate's. */
export type TakeKeeper = 'answers' | 'live' | 'oneWay';

/** Offers a take that was recovered after a break-off: the person keeps it or discards it. */
export function RecoveredOffer({ take, keeper = 'answers' }: { take: Take; keeper?: TakeKeeper }) {
  const keep = useAct(`${keeper}.keepTake`, { changes });
  const discard = useAct(`${keeper}.discardTake`, { changes });
  const length = take.durationMs === null ? '' : ` (${formatDuration(take.durationMs)})`;
  const askToDiscard = () =>
    modals.openConfirmModal({
      title: 'Discard this recording?',
      children: (
        <Text size="sm">
          Take {take.number}
          {length} stops counting as your answer and as an attempt. You can bring it back for {restorableDays}{' '}
          days; after that it is gone for good.
        </Text>
      ),
      labels: { confirm: 'Discard', cancel: 'Do not discard' },
      confirmProps: { color: 'red' },
      onConfirm: () => discard.mutate({ takeId: take.id }),
    });
  return (
    <Alert
      color="amber"
      variant="light"
      icon={<IconRestore size={18} aria-hidden />}
      title={`Take ${take.number} was broken off and has been recovered${length}`}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 260px">
          Everything that had reached the disk is here. Listen to it, then keep it or discard it.
        </Text>
        <Group gap="xs">
          <Button size="compact-md" loading={keep.isPending} onClick={() => keep.mutate({ takeId: take.id })}>
            Keep it
          </Button>
          <Button size="compact-md" variant="default" loading={discard.isPending} onClick={askToDiscard}>
            Discard it
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}

/** The takes of an answer that were discarded and can still be heard and brought back. */
export function DiscardedTakes({
  takes,
  readOnly = false,
  keeper = 'answers',
}: {
  takes: readonly DiscardedTake[];
  readOnly?: boolean;
  keeper?: TakeKeeper;
}) {
  const restore = useAct(`${keeper}.restoreTake`, { changes });
  return takes.map((take) => (
    <Stack key={take.id} gap={6}>
      <Group gap="xs" mih={26}>
        <Text size="sm" c="dimmed" role="status">
          Take {take.number} is discarded; on {formatDay(lastDayOf(take))} it goes for good.
        </Text>
        {!readOnly && (
          <Button
            size="compact-xs"
            variant="default"
            loading={restore.isPending && restore.variables?.takeId === take.id}
            onClick={() => restore.mutate({ takeId: take.id })}
          >
            Bring it back
          </Button>
        )}
      </Group>
      <AudioPlayer
        src={take.audioUrl}
        durationMs={take.durationMs}
        label={`Discarded recording, take ${take.number}`}
      />
    </Stack>
  ));
}

function lastDayOf({ discardedAt }: DiscardedTake): string {
  return new Date(new Date(discardedAt).getTime() + restorableDays * 86_400_000).toISOString();
}
