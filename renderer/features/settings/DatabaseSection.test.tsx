import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { DatabaseOverview } from '../../../shared/contract/database.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { DatabaseSection } from './DatabaseSection.tsx';

const overview: DatabaseOverview = {
  ...{ serverVersion: '18.6', sizeBytes: 12_000_000, roundTripMs: 0.4, encrypted: null },
  schema: { applied: 3, last: 'Takes1795453203000' },
  pool: { open: 1, idle: 1, waiting: 0, most: 1 },
  origin: { from: 'NOWHERE', file: null },
  saved: null,
  ...{ keepsPasswordIn: 'KEYCHAIN', embeddedThere: true, canChoose: false },
};

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  bridge.answer('app.status', () => sampleStatus);
  bridge.answer('database.overview', () => overview);
  bridge.answer('database.work', () => null);
});

async function fillIn(): Promise<void> {
  renderInApp(<DatabaseSection />);
  await userEvent.click(await screen.findByRole('button', { name: 'Connect to a server…' }));
  await userEvent.type(screen.getByLabelText('Host'), 'db.example.com');
  await userEvent.type(screen.getByLabelText('User'), 'parley');
  await userEvent.type(screen.getByLabelText('Password'), 'secret');
}
const testIt = () => userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));

it('says what is wrong with a server and what to do, and offers nothing then', async () => {
  bridge.answer('database.testServer', () => ({
    ...{ ok: false, reason: 'WRONG_PASSWORD', message: 'The server refused the password of parley.' },
    remedies: ['Check the user and the password.'],
  }));
  await fillIn();
  await testIt();
  const alert = await screen.findByRole('alert');
  within(alert).getByText('The server refused the password of parley.');
  within(alert).getByText('Check the user and the password.');
  expect(screen.queryByRole('button', { name: /Use/ })).toBeNull();
  expect(bridge.inputsOf('database.testServer')).toEqual([
    {
      ...{ host: 'db.example.com', port: 5432, user: 'parley', password: 'secret', name: 'parley' },
      ...{ tls: 'require', ca: null },
    },
  ]);
});

it('uses only what was tried: another letter, and it has to be tried again', async () => {
  bridge.answer('database.testServer', () => ({
    ...{ ok: true, serverVersion: '15.1', encrypted: true, holds: 'PARLEY', people: 3, interviews: 9 },
    knowsYou: false,
  }));
  bridge.answer('database.use', () => undefined);
  await fillIn();
  await testIt();
  await userEvent.click(await screen.findByRole('button', { name: 'Use this server…' }));
  // With people there, nothing is copied over them, and the person is told what they will find.
  expect(screen.queryByRole('button', { name: /Copy/ })).toBeNull();
  await screen.findByText(/You have no account there, and will be signed out/);
  await userEvent.click(screen.getByRole('button', { name: 'Use this server' }));
  expect(bridge.inputsOf('database.use')).toMatchObject([
    { kind: 'server', server: { host: 'db.example.com' } },
  ]);
  await userEvent.type(screen.getByLabelText('Host'), 'x');
  expect(screen.queryByRole('button', { name: 'Use this server…' })).toBeNull();
});

it('where the environment says which database it is, says so and where, and asks for nothing', async () => {
  bridge.answer('database.overview', () => ({
    ...overview,
    origin: { from: 'ENV_FILE', file: '/data/.env' },
  }));
  renderInApp(<DatabaseSection />);
  await screen.findByText('/data/.env');
  expect(screen.queryByRole('button', { name: /Connect/ })).toBeNull();
});

it('leaves the password empty for the one that is kept, and says where that is', async () => {
  bridge.answer('database.overview', () => ({
    ...overview,
    saved: {
      ...{ host: 'db', port: 5432, user: 'u', name: 'n', tls: 'disable', ca: null },
      password: 'KEYCHAIN',
    },
  }));
  bridge.answer('database.testServer', () => ({
    ...{ ok: true, serverVersion: '15.1', encrypted: false, holds: 'EMPTY', people: 0, interviews: 0 },
    knowsYou: false,
  }));
  renderInApp(<DatabaseSection />);
  await userEvent.click(await screen.findByRole('button', { name: 'Connect to a server…' }));
  screen.getByText(/Kept in this system’s keychain/);
  await testIt();
  await screen.findByRole('button', { name: 'Copy everything there…' });
  expect(bridge.inputsOf('database.testServer')).toMatchObject([{ password: null }]);
});
