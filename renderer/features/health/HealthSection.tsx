import { Skeleton } from '@mantine/core';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useOperation } from '../../lib/queries.ts';
import { FailedJobs } from './FailedJobs.tsx';
import { HealthFacts } from './HealthFacts.tsx';
import { HealthSummary } from './HealthSummary.tsx';
import { LogViewer } from './LogViewer.tsx';

/** How Parley is on this machine, for admins: what needs attention first, then the facts, then the log. */
export function HealthSection() {
  const { data: report, error, refetch, isFetching } = useOperation('health.report');
  return (
    <>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!report && !error && (
        <Placeholder label="Looking at the database, the recordings and the log">
          <Skeleton height={260} />
        </Placeholder>
      )}
      {report && (
        <>
          <HealthSummary report={report} looking={isFetching} onLookAgain={() => void refetch()} />
          <FailedJobs jobs={report.failedJobs} />
          <HealthFacts report={report} />
        </>
      )}
      <LogViewer />
    </>
  );
}
