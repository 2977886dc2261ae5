import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useOperation } from '../../lib/queries.ts';
import { InterviewersOnly } from './InterviewersOnly.tsx';
import { KitEditor } from './KitEditor.tsx';
import classes from './KitScreen.module.css';

export function NewKitScreen() {
  return (
    <InterviewersOnly>
      <KitEditor kit={null} />
    </InterviewersOnly>
  );
}

export function KitScreen() {
  const { kitId = '' } = useParams();
  return (
    <InterviewersOnly>
      <OneKit key={kitId} id={kitId} />
    </InterviewersOnly>
  );
}

function OneKit({ id }: { id: string }) {
  const { data: kit, error, refetch } = useOperation('kits.get', { id });
  if (kit) return <KitEditor kit={kit} />;
  return (
    <Page>
      <PageHeader title="Interview kit" eyebrow={<BackToKits />} />
      {error ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Placeholder label="Loading the kit">
          <Stack gap="lg">
            <Skeleton height={36} />
            <Skeleton height={120} />
            <Skeleton height={120} />
          </Stack>
        </Placeholder>
      )}
    </Page>
  );
}

export function BackToKits() {
  return (
    <Anchor component={Link} to="/kits" size="sm" className={classes.back}>
      <IconArrowLeft size={15} aria-hidden /> Interview kits
    </Anchor>
  );
}
