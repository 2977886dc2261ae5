import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { FailedJob, HealthReport } from '../../../shared/contract/health.ts';
import { queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { checksOf } from './checks.ts';
import { HealthSection } from './HealthSection.tsx';

const now = '2026-03-10T10:00:00.000Z';

const failed: FailedJob = {
  ...{ id: 'PURGE', kind: 'PURGE', subject: null, times: 3, canRetry: true, why: 'The disk is full.' },
  ...{ firstFailedAt: '2026-03-09T10:00:00.000Z', failedAt: now },
};

function report(changes: Partial<HealthReport> = {}): HealthReport {
  return {
    versions: { parley: '0.1.0', system: 'linux x64', runtime: [] },
    database: {
      ...{ kind: 'embedded', place: '/data/database', version: '18.0', sizeBytes: 1, schema: 'X1' },
      schemaRun: null,
    },
    recordings: {
      ...{ folder: '/data/recordings', there: true, freeBytes: 9e9, files: 0, sizeBytes: 0 },
      ...{ strays: { files: 0, takes: 0 }, unfinished: 0 },
    },
    backups: { daily: true, there: true, last: { madeAt: now, reason: 'DAILY', verifiedAt: now } },
    failedJobs: [],
    log: { folder: '/data/logs', errors: 0, lastErrorAt: null },
    checkedAt: now,
    ...changes,
  };
}

beforeEach(() => {
  queryClient.clear();
  bridge.answer('health.report', () => report());
  bridge.answer('health.diagnostics', () => 'Parley 0.1.0');
  bridge.answer('health.log', () => ({ rows: [], next: null }));
  bridge.answer('database.work', () => null);
});

function open() {
  return renderInApp(
    <MemoryRouter>
      <HealthSection />
    </MemoryRouter>,
  );
}

const backupOf = (changes: Partial<HealthReport>) =>
  checksOf(report(changes)).find(({ name }) => name === 'Backups');

it('says of the backups when one is missing, old, unverified or failed', () => {
  const last = (madeAt: string, verifiedAt: string | null = now) => ({
    backups: { daily: true, there: true, last: { madeAt, reason: 'DAILY' as const, verifiedAt } },
  });
  expect(backupOf({})).toMatchObject({ good: true });
  expect(backupOf(last('2026-03-08T11:00:00.000Z'))).toMatchObject({ good: true });
  expect(backupOf(last('2026-03-08T09:00:00.000Z'))).toMatchObject({
    ...{ good: false, words: expect.stringMatching(/make one now/) },
  });
  expect(backupOf(last(now, null))).toMatchObject({
    good: false,
    words: expect.stringMatching(/not be verified/),
  });
  expect(backupOf({ backups: { daily: false, there: true, last: null } })).toMatchObject({
    ...{ good: false, words: expect.stringMatching(/Daily backups are off/) },
  });
  expect(backupOf({ failedJobs: [{ ...failed, kind: 'BACKUP' }] })).toMatchObject({
    ...{ good: false, words: expect.stringMatching(/^The last attempt failed. The disk is full./) },
  });
  expect(backupOf({ backups: { daily: true, there: false, last: null } })).toMatchObject({
    ...{ good: false, words: expect.stringMatching(/Connect its disk/) },
  });
  // Of a server somebody else may look after.
  const server = { ...report().database, kind: 'server' as const };
  expect(backupOf({ database: server, backups: { daily: false, there: true, last: null } })).toMatchObject({
    ...{ good: true, words: expect.stringMatching(/see that the server is backed up/) },
  });
});

it('lists what failed, and begins it again or takes it off', async () => {
  let jobs = [failed, { ...failed, id: 'RESTORE', kind: 'RESTORE' as const, canRetry: false, times: 1 }];
  bridge.answer('health.report', () => report({ failedJobs: jobs }));
  bridge.answer('health.retryJob', ({ id }) => {
    jobs = jobs.filter((job) => job.id !== id);
  });
  bridge.answer('health.dismissJob', ({ id }) => {
    jobs = jobs.filter((job) => job.id !== id);
  });
  open();
  await screen.findByText('2 jobs failed. See below.');
  await screen.findByText('What was deleted could not be removed for good');
  await screen.findByText(/^3 times since/);
  expect(screen.queryByRole('button', { name: 'Try again: A backup was not restored' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /^Try again: What was deleted/ }));
  await waitFor(() => expect(screen.queryByText(/^3 times since/)).toBeNull());
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss: A backup was not restored' }));
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'What failed' })).toBeNull());
  expect(bridge.inputsOf('health.retryJob')).toEqual([{ id: 'PURGE' }]);
  expect(bridge.inputsOf('health.dismissJob')).toEqual([{ id: 'RESTORE' }]);
});

it('has nothing to say where all is well', async () => {
  open();
  await screen.findByText(/All is well on this machine/);
  expect(screen.queryByRole('heading', { name: 'What failed' })).toBeNull();
});
