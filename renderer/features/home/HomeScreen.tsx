import { Anchor, Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { InterviewRow } from '../../../shared/contract/interviews.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { InterviewSummary } from '../../components/InterviewSummary.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useOperation } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { AssignedToYou } from '../one-way/AssignedToYou.tsx';
import { FirstPractice } from './FirstPractice.tsx';
import { greeting } from './greeting.ts';
import classes from './HomeScreen.module.css';
import { NextInterviews } from './NextInterviews.tsx';
import { ResumeBanner } from './ResumeBanner.tsx';

const recentCount = 5;

export function HomeScreen() {
  const person = usePerson();
  const unfinished = useOperation('interviews.unfinished');
  const recent = useOperation('interviews.list', { limit: recentCount });
  // Shown together, so that nothing moves when the second comes.
  const isReading = unfinished.isPending || recent.isPending;
  const isFirstTime = recent.data?.rows.length === 0;
  return (
    <Page>
      <PageHeader
        title={greeting(person.name, new Date().getHours())}
        documentTitle="Home"
        actions={
          !isReading &&
          !isFirstTime && (
            <Button
              component={Link}
              to="/practice/new"
              variant={unfinished.data ? 'default' : 'filled'}
              leftSection={<IconMicrophone size={17} />}
            >
              New practice
            </Button>
          )
        }
      />
      <AssignedToYou />
      {isReading && <HomePlaceholder />}
      {person.role !== 'CANDIDATE' && <NextInterviews />}
      {!isReading && unfinished.data && <ResumeBanner interview={unfinished.data} />}
      {!isReading && isFirstTime && <FirstPractice />}
      {!isReading && recent.error && (
        <FailureNote error={recent.error} onRetry={() => void recent.refetch()} />
      )}
      {!isReading && recent.data && !isFirstTime && <RecentInterviews interviews={recent.data.rows} />}
    </Page>
  );
}

function RecentInterviews({ interviews }: { interviews: readonly InterviewRow[] }) {
  return (
    <section aria-labelledby="recent">
      <Group justify="space-between" align="baseline" mb="xs">
        <Title order={2} id="recent">
          Recent interviews
        </Title>
        <Anchor component={Link} to="/interviews" size="sm">
          Show all
        </Anchor>
      </Group>
      <ul className={classes.list}>
        {interviews.map((interview) => (
          <li key={interview.id}>
            <Link to={`/interviews/${interview.id}`} className={classes.row}>
              <InterviewSummary interview={interview} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function HomePlaceholder() {
  return (
    <Placeholder label="Loading your interviews">
      <Skeleton height={14} width={150} my={7} mb="md" />
      <div className={classes.list}>
        {Array.from({ length: recentCount }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else to tell them apart
          <div key={index} className={classes.row}>
            <Stack gap={8} flex={1}>
              <Skeleton height={12} width="42%" />
              <Skeleton height={10} width="26%" />
            </Stack>
            <Skeleton height={40} circle />
          </div>
        ))}
      </div>
    </Placeholder>
  );
}
