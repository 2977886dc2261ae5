import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Kit } from '../../../shared/contract/kits.ts';
import { formatMoment } from '../../lib/formats.ts';
import classes from './ConflictDialog.module.css';
import { kitDifferences } from './kit-differences.ts';
import { draftOf, type KitDraft } from './kit-draft.ts';

/** Two people have changed one kit: shows where they differ, and lets the second choose. Nothing is overwritten unseen. */
export function ConflictDialog({
  mine,
  theirs,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  mine: KitDraft;
  theirs: Kit;
  pending: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const who = theirs.changedBy?.name ?? 'Somebody';
  const differences = kitDifferences(mine, draftOf(theirs));
  return (
    <Modal opened onClose={onClose} size="xl" title={`${who} has saved version ${theirs.version} meanwhile`}>
      <Stack gap="md">
        <Text size="sm">
          {formatMoment(theirs.changedAt)}.{' '}
          {differences.length === 0
            ? 'It says the same as your draft.'
            : 'This is where it differs from your draft. Whichever you do not choose stays: theirs among the versions, yours until you discard it.'}
        </Text>
        {differences.length > 0 && (
          <div className={classes.scroller}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">
                    <span className={classes.hidden}>Part</span>
                  </th>
                  <th scope="col">Yours</th>
                  <th scope="col">Theirs</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ what, ...says }) => (
                  <tr key={what}>
                    <th scope="row">{what}</th>
                    <td>{says.mine || '—'}</td>
                    <td>{says.theirs || '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={pending}>
            Go on editing mine
          </Button>
          <Button variant="default" onClick={onTakeTheirs} disabled={pending}>
            Take theirs
          </Button>
          <Button onClick={onKeepMine} loading={pending}>
            Save mine as version {theirs.version + 1}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
