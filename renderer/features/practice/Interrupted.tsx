import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconMicrophoneOff, IconRefresh } from '@tabler/icons-react';
import { formatDuration } from '../../lib/formats.ts';
import { problemWords } from '../../lib/recorder/words.ts';
import { type AnswerableQuestion, takesLeft } from '../../stores/practice-course.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import type { AnswerActs } from './AnswerStep.tsx';
import { SaveCopy } from './SaveCopy.tsx';
import { useMicrophones } from './use-microphones.ts';

/** Something broke off: what, what is kept of the answer, and every way forward. */
export function Interrupted({ question, acts }: { question: AnswerableQuestion; acts: AnswerActs }) {
  const { problem, saved, unsaved } = useRecorder();
  const { deviceId, rememberDevice } = usePracticePreferences();
  const microphones = useMicrophones();
  if (!problem) return null;
  const { title, advice } = problemWords(problem);
  const hasTakes = saved !== null || (question.answer?.takes.length ?? 0) > 0;
  return (
    // The live region says it.
    <Alert color="red" icon={<IconMicrophoneOff />} title={title} role="group">
      <Stack gap="md">
        <Text size="sm">
          {advice}
          {saved && ` What you said until then is saved: ${formatDuration(saved.durationMs)}.`}
        </Text>
        {unsaved ? (
          <Group gap="xs">
            <Button size="sm" onClick={() => void recorder.retrySaving()}>
              Save it again
            </Button>
            <SaveCopy question={question} />
            <Button size="sm" variant="subtle" color="gray" onClick={hasTakes ? acts.review : acts.again}>
              Give up what is not saved
            </Button>
          </Group>
        ) : (
          <>
            {microphones.length > 1 && (
              <NativeSelect
                label="Microphone"
                maw={360}
                value={deviceId ?? ''}
                data={microphones.map(({ deviceId: value, label }) => ({
                  value,
                  label: label || 'Microphone',
                }))}
                onChange={({ currentTarget }) => rememberDevice(currentTarget.value)}
              />
            )}
            <Group gap="xs">
              {takesLeft(question) > 0 && (
                <Button
                  size="sm"
                  leftSection={<IconRefresh size={16} />}
                  loading={acts.busy}
                  onClick={acts.again}
                >
                  {saved ? 'Record again' : 'Try again'}
                </Button>
              )}
              {hasTakes && (
                <Button size="sm" variant="default" onClick={acts.review}>
                  Listen to what is kept
                </Button>
              )}
              {!hasTakes && (
                <Button size="sm" variant="default" onClick={acts.skip}>
                  Skip the question
                </Button>
              )}
            </Group>
          </>
        )}
      </Stack>
    </Alert>
  );
}
