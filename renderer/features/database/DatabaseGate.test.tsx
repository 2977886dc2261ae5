import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DatabaseStatus } from '../../../shared/contract/app.ts';
import { followEvents, keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { DatabaseGate } from './DatabaseGate.tsx';

const failure: DatabaseStatus = {
  state: 'failed',
  reason: 'WRONG_PASSWORD',
  message: 'The server does not take this password.',
  remedies: ['Check DATABASE_PASSWORD.'],
};

let unfollow = () => {};

beforeEach(() => {
  queryClient.clear();
  unfollow = followEvents();
  bridge.answer('accounts.current', () => null);
});
afterEach(() => unfollow());

function become(database: DatabaseStatus): void {
  bridge.answer('app.status', () => ({ ...sampleStatus, database }));
  act(() => bridge.emit('app.statusChanged', undefined));
}

function open() {
  return renderInApp(
    <DatabaseGate>
      <input aria-label="Work" />
    </DatabaseGate>,
  );
}

it('says why the database did not open and what to change, and tries again', async () => {
  become(failure);
  bridge.answer('app.retryDatabase', () => become({ state: 'opening' }));
  open();
  await screen.findByText('The database refused the password');
  expect(screen.getByText('Check DATABASE_PASSWORD.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  // While it tries, the reason stays where it is.
  expect(screen.getByText('The database refused the password')).toBeTruthy();
  become({ state: 'ready' });
  await screen.findByLabelText('Work');
});

it('leaves somebody at work where they are when the database goes away', async () => {
  become({ state: 'ready' });
  open();
  await userEvent.type(await screen.findByLabelText('Work'), 'half a sentence');
  for (const database of [failure, { state: 'opening' }] as const) {
    become(database);
    await waitFor(() => expect(queryClient.getQueryData(keyOf('app.status'))).toMatchObject({ database }));
  }
  expect(screen.getByLabelText<HTMLInputElement>('Work').value).toBe('half a sentence');
});

it('lets an admin upgrade, and asks others to fetch one', async () => {
  become({ state: 'pending', migrations: ['One', 'Two'] });
  bridge.answer('accounts.current', () => ({ ...samplePerson, role: 'CANDIDATE' }));
  const { unmount } = open();
  await screen.findByText(/ask an admin/);
  expect(screen.queryByRole('button', { name: /apply/ })).toBeNull();
  unmount();

  queryClient.clear();
  bridge.answer('accounts.current', () => samplePerson);
  bridge.answer('database.migrate', () => become({ state: 'ready' }));
  bridge.answer('database.work', () => null);
  bridge.answer('migrations.list', () => [
    {
      ...{ name: 'Two1900000000000', state: 'PENDING', appliedAt: null, durationMs: null },
      ...{ up: ['CREATE TABLE two ()'], down: ['DROP TABLE two'] },
    },
  ]);
  open();
  await screen.findByText('CREATE TABLE two ()');
  await userEvent.click(await screen.findByRole('button', { name: 'Back up and apply all 2' }));
  await screen.findByLabelText('Work');
});

it('says who else upgrades the database, and goes on by itself', async () => {
  become({ state: 'migrating', holder: 'team at 10.0.0.7 (Parley, session 41, since 2026-03-31)' });
  open();
  await screen.findByText(/being upgraded by team at 10.0.0.7 \(Parley, session 41/);
  become({ state: 'ready' });
  await screen.findByLabelText('Work');
});

it('stops short of a schema that a newer Parley made', async () => {
  become({ state: 'newer', migrations: ['Tomorrow'] });
  open();
  await screen.findByText('Please update Parley');
  expect(screen.queryByLabelText('Work')).toBeNull();
});

it('lets a first person fill in the form while the tables are made, and tells others of an upgrade', async () => {
  const become = (state: 'opening' | 'migrating' | 'ready', expected: 'FIRST_PERSON' | 'SIGN_IN') => {
    bridge.answer('app.status', () => ({ ...sampleStatus, database: { state }, expected }));
    act(() => bridge.emit('app.statusChanged', undefined));
  };
  become('opening', 'FIRST_PERSON');
  open();
  await userEvent.type(await screen.findByLabelText('Work'), 'typed early');
  become('migrating', 'FIRST_PERSON');
  become('ready', 'FIRST_PERSON');
  await waitFor(() =>
    expect(queryClient.getQueryData(keyOf('app.status'))).toMatchObject({ database: { state: 'ready' } }),
  );
  expect(screen.getByLabelText<HTMLInputElement>('Work').value).toBe('typed early');
  become('migrating', 'SIGN_IN');
  await screen.findByText(/Upgrading the database/);
});
