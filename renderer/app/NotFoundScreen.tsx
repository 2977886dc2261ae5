import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Page } from '../components/Page.tsx';
import { PageHeader } from '../components/PageHeader.tsx';

export function NotFoundScreen() {
  return (
    <Page>
      <PageHeader title="Not found" />
      <EmptyState
        icon={IconMapQuestion}
        title="There is nothing at this address"
        action={
          <Button component={Link} to="/">
            Go home
          </Button>
        }
      >
        What was here may have been deleted, or the link is not complete.
      </EmptyState>
    </Page>
  );
}
