import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMicrophone, IconPencil } from '@tabler/icons-react';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { decide, isRecorded, useOneWay } from '../../stores/one-way.ts';
import { ConsentText } from './ConsentText.tsx';

/** Whether one is recorded, and the way to change one's mind about it. */
export function ConsentChoice({ interview, disabled }: { interview: OneWayInterview; disabled: boolean }) {
  const [open, dialog] = useDisclosure(false);
  const busy = useOneWay((oneWay) => oneWay.busy);
  const { id, consentText } = interview;
  if (!consentText) return null;
  const recorded = isRecorded(interview);
  return (
    <>
      <Button
        flex="none"
        variant="subtle"
        color="gray"
        size="compact-sm"
        disabled={disabled}
        leftSection={recorded ? <IconMicrophone size={15} /> : <IconPencil size={15} />}
        onClick={dialog.open}
      >
        {recorded ? 'You agreed to be recorded' : 'You answer in writing'}
      </Button>
      <Modal
        size="lg"
        opened={open}
        onClose={dialog.close}
        title={recorded ? 'Answer in writing from now on?' : 'Be recorded from now on?'}
      >
        <ConsentText text={consentText} />
        <Text size="sm" mt="md">
          {recorded
            ? 'What you have recorded so far stays. The questions that follow you answer in writing.'
            : 'What you have written so far stays. The questions that follow you answer aloud.'}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            Leave it as it is
          </Button>
          <Button
            loading={busy}
            onClick={async () => {
              await decide(id, consentText.id, recorded ? 'DECLINED' : 'AGREED');
              dialog.close();
            }}
          >
            {recorded ? 'Answer in writing' : 'I agree'}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
