import { Alert, Anchor } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useOperation } from '../lib/queries.ts';

/** Says that the disk with the recordings is not connected; shows nothing while it is. */
export function RecordingsAway() {
  const { data: storage } = useOperation('storage.status');
  if (!storage || storage.there) return null;
  return (
    <Alert
      color="red"
      role="alert"
      mb="lg"
      icon={<IconPlugConnectedX size={18} aria-hidden />}
      title="The folder with the recordings is not there"
    >
      Connect the disk it is on. Nothing is lost, but until then nothing can be played or recorded.{' '}
      <Anchor component={Link} to="/settings/recordings" inherit underline="always">
        See where it should be
      </Anchor>
    </Alert>
  );
}
