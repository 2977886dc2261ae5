import { Badge, Group, Radio, Stack, Text } from '@mantine/core';
import type { Take } from '../../../shared/contract/interviews.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { DiscardedTakes, RecoveredOffer, type TakeKeeper } from '../../components/RecoveredTake.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { type AnswerableQuestion, chosenTake } from '../../stores/practice-course.ts';
import { useRecorder } from '../../stores/recorder.ts';

/** The takes of the answer; the chosen one counts, and is the one that is heard. */
export function AnswerTakes({
  question,
  busy,
  brokenTakes,
  keeper,
  readOnly = false,
  onChoose = () => {},
}: {
  question: Pick<AnswerableQuestion, 'answer'>;
  busy: boolean;
  /** Those that were being recorded when the page was reloaded. */
  brokenTakes: readonly string[];
  keeper?: TakeKeeper;
  readOnly?: boolean;
  onChoose?: (takeId: string) => void;
}) {
  const { stoppedAtLimit, saved } = useRecorder();
  const takes = (question.answer?.takes ?? []).filter(({ state }) => state !== 'RECORDING');
  const chosen = chosenTake(question);
  const discarded = question.answer?.discarded ?? [];
  if (!chosen) return <DiscardedTakes takes={discarded} keeper={keeper} readOnly={readOnly} />;
  return (
    <Stack gap="sm">
      {takes
        .filter(({ offered }) => offered && !readOnly)
        .map((take) => (
          <RecoveredOffer key={take.id} take={take} keeper={keeper} />
        ))}
      {brokenTakes.includes(chosen.id) && !chosen.offered && (
        <Text size="sm">
          This answer was broken off. Everything up to {formatDuration(chosen.durationMs ?? 0)} was on disk
          and is here.
        </Text>
      )}
      {stoppedAtLimit && saved?.takeId === chosen.id && (
        <Text size="sm">The time was up, so the recording stopped by itself.</Text>
      )}
      <AudioPlayer
        key={chosen.id}
        src={chosen.audioUrl}
        durationMs={chosen.durationMs ?? (saved?.takeId === chosen.id ? saved.durationMs : null)}
        label={takes.length > 1 ? `Take ${chosen.number}` : 'Your answer'}
      />
      {takes.length > 1 && !readOnly && (
        <Radio.Group
          label="Which take counts?"
          value={chosen.id}
          onChange={(takeId) => {
            if (!busy) onChoose(takeId);
          }}
        >
          <Group gap="lg" mt={6}>
            {takes.map((take) => (
              <Radio key={take.id} value={take.id} label={<TakeLabel take={take} />} />
            ))}
          </Group>
        </Radio.Group>
      )}
      <DiscardedTakes takes={discarded} keeper={keeper} readOnly={readOnly} />
    </Stack>
  );
}

function TakeLabel({ take }: { take: Take }) {
  return (
    <span>
      Take {take.number}
      {take.durationMs !== null && ` · ${formatDuration(take.durationMs)}`}
      {take.recovered && (
        <Badge size="xs" variant="light" ml={6}>
          recovered
        </Badge>
      )}
    </span>
  );
}
