import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useNavigate } from 'react-router';
import { forgetPerson, useAct } from '../../lib/queries.ts';
import { isCapturing } from '../../lib/recorder/recorder-state.ts';
import { recorder } from '../../stores/recorder.ts';

/** Signs out. Whoever is recording is asked first; the recording then ends, and is kept, while it still may be. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  const act = useAct('accounts.signOut', {
    onSuccess: () => {
      // The next person begins at home, not where this one was.
      void navigate('/');
      forgetPerson();
    },
  });
  return () => {
    if (!isCapturing(recorder.state.phase)) return act.mutate();
    modals.openConfirmModal({
      title: 'Stop recording and sign out?',
      children: (
        <Text size="sm">Your answer is being recorded. It ends here, and what you said is kept.</Text>
      ),
      labels: { confirm: 'Stop and sign out', cancel: 'Go on recording' },
      onConfirm: async () => {
        await recorder.stop();
        act.mutate();
      },
    });
  };
}
