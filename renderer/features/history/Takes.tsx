import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { DiscardedTake, Take } from '../../../shared/contract/interviews.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { DiscardedTakes, RecoveredOffer } from '../../components/RecoveredTake.tsx';
import { useAct } from '../../lib/queries.ts';

/** The recordings of an answer. Several takes are all kept; the chosen one is the answer's. */
export function Takes({
  takes,
  discarded,
  readOnly,
}: {
  takes: readonly Take[];
  discarded: readonly DiscardedTake[];
  readOnly: boolean;
}) {
  const choose = useAct('answers.chooseTake', { changes: ['interviews.get'] });
  const only = takes.length === 1;
  return (
    <Stack gap="md">
      {takes.map((take) => (
        <Stack key={take.id} gap={6}>
          {take.offered && !readOnly && <RecoveredOffer take={take} />}
          {(!only || take.recovered) && (
            <Group gap="xs" mih={26}>
              {!only && (
                <Text size="sm" fw={550}>
                  Take {take.number}
                </Text>
              )}
              {!only && take.chosen && <Badge variant="light">Your answer</Badge>}
              {take.recovered && (
                <Badge variant="light" color="amber">
                  Recovered
                </Badge>
              )}
              {!only && !take.chosen && !readOnly && take.state !== 'RECORDING' && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={choose.isPending && choose.variables?.takeId === take.id}
                  onClick={() => choose.mutate({ takeId: take.id })}
                >
                  Use this take
                </Button>
              )}
            </Group>
          )}
          {take.state === 'RECORDING' ? (
            <Text size="sm" c="dimmed">
              This take is still being recorded.
            </Text>
          ) : (
            <AudioPlayer
              src={take.audioUrl}
              durationMs={take.durationMs}
              label={only ? 'Recording of the answer' : `Recording, take ${take.number}`}
            />
          )}
        </Stack>
      ))}
      <DiscardedTakes takes={discarded} readOnly={readOnly} />
    </Stack>
  );
}
