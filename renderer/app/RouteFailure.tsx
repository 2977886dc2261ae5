import { Button, Group } from '@mantine/core';
import { IconMoodConfuzed } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Page } from '../components/Page.tsx';
import { PageHeader } from '../components/PageHeader.tsx';

/** A defect of one screen: the sidebar still works, and so does everything else. */
export function RouteFailure() {
  const { key } = useLocation();
  return (
    <Page key={key}>
      <PageHeader title="This screen cannot be shown" />
      <EmptyState
        icon={IconMoodConfuzed}
        title="Parley met a problem here"
        action={
          <Group gap="sm" justify="center">
            <Button onClick={() => location.reload()}>Reload Parley</Button>
            <Button component={Link} to="/" variant="default">
              Go home
            </Button>
          </Group>
        }
      >
        What you recorded and saved is safe. Reloading usually helps.
      </EmptyState>
    </Page>
  );
}
