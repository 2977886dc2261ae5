import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconDownload, IconMicrophoneOff, IconRefresh } from '@tabler/icons-react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { formatDuration } from '../../lib/formats.ts';
import { problemWords } from '../../lib/recorder/words.ts';
import { answerQuestion, review, skipQuestion, usePractice } from '../../stores/practice.ts';
import { takesLeft } from '../../stores/practice-course.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import { useMicrophones } from './use-microphones.ts';

/** Something broke off: what, what is kept of the answer, and every way forward. */
export function Interrupted({ question }: { question: Question }) {
  const { problem, saved, unsaved, elapsedMs } = useRecorder();
  const busy = usePractice((practice) => practice.busy);
  const { deviceId, rememberDevice } = usePracticePreferences();
  const microphones = useMicrophones();
  if (!problem) return null;
  const { title, advice } = problemWords(problem);
  const hasTakes = saved !== null || (question.answer?.takes.length ?? 0) > 0;
  return (
    <Alert color="red" icon={<IconMicrophoneOff />} title={title} role="alert">
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
            <Button
              size="sm"
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveCopy(question, elapsedMs)}
            >
              Save a copy
            </Button>
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

/** Hands the recording to the person as a file. */
function saveCopy(question: Question, elapsedMs: number): void {
  const blob = recorder.copy();
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `Parley answer ${question.position + 1}, ${Math.round(elapsedMs / 1000)} seconds.webm`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
