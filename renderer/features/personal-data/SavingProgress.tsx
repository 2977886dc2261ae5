import { Alert, Button, Code, Group, List, Progress, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Saving } from '../../../shared/contract/personal-data.ts';
import { count } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';

/** How an archive of somebody's data goes, and what came of it. */
export function SavingProgress({ saving }: { saving: Saving }) {
  const { state, message, file } = saving;
  if (state === 'WRITING' || state === 'CHECKING') return <Running saving={saving} />;
  if (state === 'STOPPED') {
    return (
      <Alert color="amber" role="status">
        You stopped it. Nothing of the file is left.
      </Alert>
    );
  }
  if (state === 'FAILED' || !file) {
    return (
      <Alert color="red" role="alert" icon={<IconAlertCircle />} title="The file was not written">
        {message}
      </Alert>
    );
  }
  return <Done file={file} endedAt={saving.endedAt} />;
}

function Running({ saving: { person, state, doneBytes, totalBytes } }: { saving: Saving }) {
  const stop = useAct('personalData.stop', { changes: ['personalData.saving'] });
  const does = state === 'WRITING' ? 'Writing' : 'Reading back and comparing';
  return (
    <Stack gap={6}>
      <Text size="sm" role="status">
        {does} what is there of {person.name}…
      </Text>
      <Progress
        value={totalBytes > 0 ? Math.min(100, (doneBytes / totalBytes) * 100) : 100}
        animated={totalBytes === 0}
        aria-label={`${does}: how far it is`}
      />
      <Group>
        <Button size="compact-md" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
          Stop
        </Button>
      </Group>
    </Stack>
  );
}

function Done({ file, endedAt }: { file: NonNullable<Saving['file']>; endedAt: string | null }) {
  const { name, sizeBytes, recordings, lacking, download } = file;
  const openFolder = useAct('personalData.openFolder');
  const link = useRef<HTMLAnchorElement>(null);
  // Whoever waited for it gets it without another click; whoever comes back to it later does not get it again.
  useEffect(() => {
    const isNew = endedAt !== null && Date.now() - Date.parse(endedAt) < NEW_MS;
    if (!download || !isNew || fetched.has(download)) return;
    fetched.add(download);
    link.current?.click();
  }, [download, endedAt]);
  return (
    <Stack gap="sm">
      <Alert color="pine" role="status" icon={<IconCircleCheck />}>
        <Text size="sm">
          <Code>{name}</Code> has {count(recordings, 'recording')} in it, {formatBytes(sizeBytes)} in all, and
          was read back to see that it is whole. Open its index.html to look at it.
        </Text>
      </Alert>
      {lacking.length > 0 && (
        <Alert
          color="amber"
          icon={<IconAlertTriangle />}
          title={`${count(lacking.length, 'recording')} ${lacking.length === 1 ? 'is' : 'are'} not whole`}
        >
          <List size="sm">
            {lacking.map((words) => (
              <List.Item key={words}>{words}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Group gap="xs">
        {download ? (
          <Button
            ref={link}
            component="a"
            href={download}
            download={name}
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Download it
          </Button>
        ) : (
          <Button variant="default" loading={openFolder.isPending} onClick={() => openFolder.mutate()}>
            Open the folder
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const NEW_MS = 30_000;
/** What has been fetched by itself already. */
const fetched = new Set<string>();
