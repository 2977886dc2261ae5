import { Alert, Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Kit } from '../../../shared/contract/kits.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { done } from '../../lib/done.ts';
import { count, formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { keyOf, queryClient, useAct, useOperation, usePages } from '../../lib/queries.ts';
import classes from './KitVersions.module.css';
import { kitChanges } from './kit-acts.tsx';
import { draftOf } from './kit-draft.ts';
import { kitInWords } from './kit-in-words.ts';

/** Every version of a kit; each can be looked at and brought back, as a new version. */
export function KitVersions({
  kit,
  hasDraft,
  opened,
  onClose,
}: {
  kit: Kit;
  hasDraft: boolean;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={`Versions of “${kit.name}”`}>
      <Versions kit={kit} hasDraft={hasDraft} onClose={onClose} />
    </Modal>
  );
}

function Versions({ kit, hasDraft, onClose }: { kit: Kit; hasDraft: boolean; onClose: () => void }) {
  const [shown, setShown] = useState(kit.version);
  const {
    data: versions,
    error,
    refetch,
    hasNextPage,
    fetchNextPage,
  } = usePages('kits.versions', { id: kit.id });
  const old = useOperation('kits.get', { id: kit.id, version: shown });
  const revert = useAct('kits.revert', {
    changes: kitChanges,
    onSuccess: (saved) => {
      queryClient.setQueryData(keyOf('kits.get', { id: saved.id }), saved);
      done(`What version ${shown} says is version ${saved.version} now.`);
      onClose();
    },
  });
  return (
    <div className={classes.columns}>
      <Stack gap="xs">
        {error && <FailureNote error={error} onRetry={() => void refetch()} />}
        <ul className={classes.list}>
          {versions?.map(({ version, changedAt, changedBy, questionCount }) => (
            <li key={version}>
              <button
                type="button"
                className={classes.version}
                aria-current={version === shown || undefined}
                onClick={() => setShown(version)}
              >
                <Group gap={6}>
                  <span className={classes.number}>Version {version}</span>
                  {version === kit.version && <Badge variant="light">In use</Badge>}
                </Group>
                <span className={classes.details} title={formatMomentInFull(changedAt)}>
                  {formatMoment(changedAt)} · {changedBy?.name ?? 'Parley'} ·{' '}
                  {count(questionCount, 'question')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Button variant="default" size="compact-sm" onClick={() => void fetchNextPage()}>
            Show older ones
          </Button>
        )}
      </Stack>
      <Stack gap="sm" miw={0}>
        {old.error && <FailureNote error={old.error} onRetry={() => void old.refetch()} />}
        {old.data && (
          <section aria-label={`What version ${old.data.version} says`}>
            <Facts
              facts={kitInWords(draftOf(old.data))
                .filter(({ says }) => says)
                .map(({ what, says }) => ({
                  name: what,
                  value: <span className={classes.says}>{says}</span>,
                }))}
            />
          </section>
        )}
        {shown !== kit.version && hasDraft && (
          <Alert color="amber">
            You have a draft of this kit. Save or discard it first, so that it is clear what comes back.
          </Alert>
        )}
        {shown !== kit.version && (
          <Group justify="flex-end">
            <Text size="sm" c="dimmed" flex={1}>
              Interviews keep the version they were made by.
            </Text>
            <Button
              loading={revert.isPending}
              disabled={hasDraft || kit.archivedAt !== null}
              onClick={() => revert.mutate({ id: kit.id, version: kit.version, to: shown })}
            >
              Bring version {shown} back
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
}
