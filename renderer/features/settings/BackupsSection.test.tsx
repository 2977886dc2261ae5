import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { Backup } from '../../../shared/contract/backups.ts';
import type { DatabaseWork } from '../../../shared/contract/database.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { BackupsSection } from './BackupsSection.tsx';

const backup: Backup = {
  ...{ id: '2026-03-31T12-00-00-000Z', reason: 'DAILY', madeAt: '2026-03-31T12:00:00.000Z' },
  ...{ parley: '0.1.0', place: '/data/database', rows: 900, people: 3, interviews: 40, sizeBytes: 100_000 },
  ...{
    recordings: { files: 12, sizeBytes: 5_000_000 },
    verifiedAt: '2026-03-31T12:01:00.000Z',
    newer: false,
  },
};
const list: OutputOf<'backups.list'> = {
  ...{ folder: '/data/backups', usual: true, there: true, backups: [backup], canChoose: true },
  keeping: { daily: true, keepDaily: 7, keepWeekly: 4 },
  ...{ sizeBytes: 5_100_000, freeBytes: 80_000_000 },
};
const running: DatabaseWork = {
  ...{ id: '019a0000-0000-7000-8000-000000000001', kind: 'RESTORE', state: 'RUNNING', step: 'Restoring' },
  ...{ done: 30, total: 120, startedAt: '2026-03-31T12:00:00.000Z', endedAt: null, message: null },
};

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('app.status', () => sampleStatus);
  bridge.answer('database.work', () => null);
  bridge.answer('backups.list', () => list);
});

it('says who can read a backup, and has another folder chosen', async () => {
  bridge.answer('backups.chooseFolder', () => {
    bridge.answer('backups.list', () => ({ ...list, folder: '/mnt/disk', usual: false, backups: [] }));
    return { chosen: true };
  });
  renderInApp(<BackupsSection />);
  await screen.findByText(/are not encrypted: whoever can read this folder can read them/);
  expect(screen.queryByRole('button', { name: 'Use Parley’s own folder' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Choose another folder…' }));
  await screen.findByText('/mnt/disk');
  await screen.findByText('There is none yet.');
  screen.getByRole('button', { name: 'Use Parley’s own folder' });
});

it('without the folder’s disk it says so, and makes none', async () => {
  bridge.answer('backups.list', () => ({
    ...list,
    ...{ folder: '/mnt/disk', usual: false, there: false, backups: [], sizeBytes: 0, freeBytes: 0 },
  }));
  renderInApp(<BackupsSection />);
  await screen.findByText('The folder of backups is not there');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Back up now' }).disabled).toBe(true);
  expect(screen.queryByText('There is none yet.')).toBeNull();
});

it('says what a restore brings back and what it keeps, before it begins', async () => {
  bridge.answer('backups.restore', () => undefined);
  renderInApp(<BackupsSection />);
  await userEvent.click(await screen.findByRole('button', { name: /^Restore the backup of/ }));
  await screen.findByText(/3 people and 40 interviews come back as they were then/);
  screen.getByText(/Nothing is written over/);
  await userEvent.click(screen.getByRole('button', { name: 'Restore' }));
  expect(bridge.inputsOf('backups.restore')).toEqual([{ id: backup.id }]);
});

it('while one runs it says how far it is, lets nothing else begin, and stops it', async () => {
  bridge.answer('database.work', () => running);
  bridge.answer('database.stopWork', () => {
    const message = 'Restored. But not all recordings were brought back: you stopped it.';
    bridge.answer('database.work', () => ({ ...running, state: 'STOPPED', message }));
  });
  renderInApp(<BackupsSection />);
  const bar = await screen.findByRole('progressbar', { name: 'Restoring a backup: how far it is' });
  expect(bar.getAttribute('aria-valuenow')).toBe('25');
  for (const name of ['Back up now', 'Choose another folder…', /^Restore the backup/, /^Remove the backup/]) {
    expect(screen.getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true);
  }
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  // What had been done already is told, not only that it was stopped.
  await screen.findByText(/But not all recordings were brought back/);
});
