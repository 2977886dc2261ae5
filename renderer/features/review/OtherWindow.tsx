import { Button, Group, Text } from '@mantine/core';
import type { Level } from '../../../shared/model/rating.ts';

/** Another window of one's own says something else: one chooses which holds. */
export function OtherWindow({
  says,
  mine,
  onMine,
  onTheirs,
}: {
  /** What holds now, to follow “In another window”. */
  says: string;
  /** What the button says that takes what was chosen here. */
  mine: string;
  onMine: () => void;
  onTheirs: () => void;
}) {
  return (
    <Group gap="xs" mt={4} role="alert">
      <Text size="sm">In another window {says}.</Text>
      <Button size="compact-sm" onClick={onMine}>
        {mine}
      </Button>
      <Button size="compact-sm" variant="default" onClick={onTheirs}>
        Leave it so
      </Button>
    </Group>
  );
}

/** The same, for a level that was chosen here while another one was chosen there. */
export function OtherLevel({
  rating: { level, wished, choose, leave },
}: {
  rating: {
    level: Level | null;
    wished: { level: Level | null } | null;
    choose: (level: Level | null) => void;
    leave: () => void;
  };
}) {
  if (!wished) return null;
  return (
    <OtherWindow
      says={level === null ? 'you took this rating back' : `you chose level ${level} here`}
      mine={wished.level === null ? 'Take it back' : `Make it level ${wished.level}`}
      onMine={() => choose(wished.level)}
      onTheirs={leave}
    />
  );
}
