import { Alert, Text } from '@mantine/core';
import { IconAlertCircle, IconHourglass } from '@tabler/icons-react';
import type { CallError } from '../../lib/client.ts';
import { formatDuration } from '../../lib/formats.ts';

/** What went wrong with a form as a whole; with a count-down where trying again has to wait. */
export function FormFailure({
  failure,
  secondsToWait = 0,
}: {
  failure: CallError | null;
  secondsToWait?: number;
}) {
  if (!failure) return null;
  if (failure.code === 'SLOW_DOWN') {
    return (
      <Alert color="amber" icon={<IconHourglass />} role="alert">
        {failure.message}
        {/* Read once by the alert; ticking aloud would drown everything else. */}
        <Text size="sm" aria-hidden mt={4}>
          {secondsToWait > 0
            ? `You can try again in ${formatDuration(secondsToWait * 1_000)}.`
            : 'You can try again now.'}
        </Text>
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconAlertCircle />} role="alert">
      {failure.message}
    </Alert>
  );
}
