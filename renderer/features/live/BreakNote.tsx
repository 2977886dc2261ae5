import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCoffee } from '@tabler/icons-react';
import { Keys } from '../../components/Keys.tsx';
import { formatMoment } from '../../lib/formats.ts';

export function BreakNote({ since, onGoOn }: { since: string; onGoOn: () => void }) {
  return (
    <Alert color="amber" icon={<IconCoffee aria-hidden />} title="Break" role="status" mb="md">
      <Group justify="space-between">
        <Text size="sm">Since {formatMoment(since)}. Clocks stand still, and nothing is recorded.</Text>
        <Button size="compact-md" rightSection={<Keys keys="B" />} onClick={onGoOn}>
          Go on
        </Button>
      </Group>
    </Alert>
  );
}
