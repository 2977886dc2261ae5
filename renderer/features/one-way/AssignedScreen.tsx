import { Button, Skeleton, Stack, Title } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import homeClasses from '../home/HomeScreen.module.css';
import { AssignedList } from './AssignedList.tsx';
import { useOpenAssigned } from './use-assigned.ts';
import { dueWords } from './words.ts';

/** The one-way interviews that one answers oneself: those that wait, and those that are done. */
export function AssignedScreen() {
  const open = useOpenAssigned();
  const ended = usePages('oneWay.mine', { ended: true });
  const isReading = open.isPending || ended.isPending;
  const error = open.error ?? ended.error;
  const isEmpty = !isReading && !error && open.rows.length === 0 && ended.data?.length === 0;
  return (
    <Page>
      <PageHeader title="Assigned to you" lead="Interviews that you answer alone, in your own time." />
      {error && (
        <FailureNote
          error={error}
          onRetry={() => {
            void open.refetch();
            void ended.refetch();
          }}
        />
      )}
      {isReading && (
        <Placeholder label="Loading your interviews">
          <Skeleton height={72} radius="lg" />
        </Placeholder>
      )}
      {isEmpty && (
        <EmptyState icon={IconClipboardList} title="Nothing is assigned to you">
          When an interviewer assigns you an interview, it appears here and on your home screen.
        </EmptyState>
      )}
      <Stack gap="xl">
        {open.rows.length > 0 && <AssignedList rows={open.rows} />}
        {ended.data && ended.data.length > 0 && (
          <section aria-labelledby="ended">
            <Title order={2} id="ended" mb="xs">
              Done
            </Title>
            <ul className={homeClasses.list}>
              {ended.data.map((row) => (
                <li key={row.id}>
                  <Link to={`/assigned/${row.id}`} className={homeClasses.row}>
                    <span>
                      <strong>{row.title}</strong>
                      <br />
                      {[
                        row.from && `From ${row.from}`,
                        `${row.status === 'COMPLETED' ? 'submitted' : 'cancelled'} ${row.endedAt ? formatMoment(row.endedAt) : ''}`,
                        dueWords(row),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {ended.hasNextPage && (
              <Button
                mt="sm"
                variant="default"
                loading={ended.isFetchingNextPage}
                onClick={() => void ended.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </section>
        )}
      </Stack>
    </Page>
  );
}
