import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconCircleFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { Keys } from '../../components/Keys.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { problemWords } from '../../lib/recorder/words.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import { useMicrophones } from './use-microphones.ts';

/** The answer waits for a microphone: what is kept, and how to go on in it. */
export function LostMicrophone() {
  const { problem, elapsedMs } = useRecorder();
  const { deviceId, rememberDevice } = usePracticePreferences();
  const microphones = useMicrophones();
  const [opening, setOpening] = useState(false);
  if (!problem) return null;
  const { title, advice } = problemWords(problem);
  const goOn = async () => {
    setOpening(true);
    await recorder.continueWith(deviceId);
    setOpening(false);
  };
  return (
    // The live region says it.
    <Stack gap="sm" align="center" role="group" aria-label={title}>
      <Text size="sm" maw={520} ta="center">
        <strong>{title}.</strong> What you said is kept: {formatDuration(elapsedMs)}. {advice}
      </Text>
      {microphones.length > 1 && (
        <NativeSelect
          label="Microphone"
          w={360}
          maw="100%"
          value={deviceId ?? ''}
          data={microphones.map(({ deviceId: value, label }) => ({ value, label: label || 'Microphone' }))}
          onChange={({ currentTarget }) => rememberDevice(currentTarget.value)}
        />
      )}
      <Group gap="sm" justify="center">
        <Button
          size="md"
          color="red"
          loading={opening}
          leftSection={<IconCircleFilled size={14} />}
          rightSection={<Keys keys="P" />}
          onClick={() => void goOn()}
        >
          Go on in this answer
        </Button>
        <Button
          size="md"
          variant="default"
          leftSection={<IconPlayerStopFilled size={16} />}
          rightSection={<Keys keys=" " />}
          onClick={() => void recorder.stop()}
        >
          Stop
        </Button>
      </Group>
    </Stack>
  );
}
