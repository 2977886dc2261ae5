import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useAct } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { SavingProgress } from './SavingProgress.tsx';
import { useSaving } from './saving.ts';

/** Everything that is one's own, as one file. */
export function OwnData() {
  const { id } = usePerson();
  const { saving, running } = useSaving();
  const save = useAct('personalData.saveOwn', { changes: ['personalData.saving'] });
  return (
    <Stack gap="md">
      <Text size="sm">
        A .zip with your account, your interviews, questions, answers and recordings, a page to read and hear
        them, and the same as data for programs. What others noted or judged is not in it. Keep it safe:
        whoever has the file can hear it.
      </Text>
      {saving && (running || saving.person.id === id) && <SavingProgress saving={saving} />}
      <Group>
        <Button
          variant="default"
          leftSection={<IconFileZip size={16} />}
          disabled={running}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save my data
        </Button>
      </Group>
    </Stack>
  );
}
