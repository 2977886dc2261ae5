import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconMicrophoneOff, IconRefresh } from '@tabler/icons-react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { formatDuration } from '../../lib/formats.ts';
import { problemWords } from '../../lib/recorder/words.ts';
import { answerQuestion, review, skipQuestion, usePractice } from '../../stores/practice.ts';
import { takesLeft } from '../../stores/practice-course.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import { SaveCopy } from './SaveCopy.tsx';
import { useMicrophones } from './use-microphones.ts';

/** Something broke off: what, what is kept of the answer, and every way forward. */
export function Interrupted({ question }: { question: Question }) {
  const { problem, saved, unsaved } = useRecorder();
  const busy = usePractice((practice) => practice.busy);
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
            <Button
              size="sm"
              variant="subtle"
              color="gray"
              onClick={() => (hasTakes ? review(question.id) : void answerQuestion(question.id))}
            >
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
                  loading={busy}
                  onClick={() => void answerQuestion(question.id)}
                >
                  {saved ? 'Record again' : 'Try again'}
                </Button>
              )}
              {hasTakes && (
                <Button size="sm" variant="default" onClick={() => review(question.id)}>
                  Listen to what is kept
                </Button>
              )}
              {!hasTakes && (
                <Button size="sm" variant="default" onClick={() => void skipQuestion(question.id)}>
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
