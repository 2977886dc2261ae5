import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { SavedFilter } from '../../../shared/contract/find.ts';
import { queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { SavedFilters } from './SavedFilters.tsx';

const seniors: SavedFilter = {
  id: '0190a3c0-0000-7000-8000-000000000009',
  ...{ screen: 'history', name: 'Seniors', filter: { level: 'SENIOR' } },
};

beforeEach(() => {
  queryClient.clear();
  bridge.answer('filters.list', () => [seniors]);
});

function Where() {
  return <output aria-label="address">{useLocation().search}</output>;
}

async function open(address = '/interviews') {
  renderInApp(
    <MemoryRouter initialEntries={[address]}>
      <SavedFilters screen="history" />
      <Where />
    </MemoryRouter>,
  );
  await waitFor(() => expect(bridge.inputsOf('filters.list')).toHaveLength(1));
  await userEvent.click(screen.getByRole('button'));
}

it('goes to the address of the filter that is chosen, and shows its name then', async () => {
  await open();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Seniors' }));
  expect(screen.getByLabelText('address').textContent).toBe('?level=SENIOR');
  await screen.findByRole('button', { name: 'Seniors' });
});

it('keeps what the list shows under a name; one that is taken is replaced only when that is meant', async () => {
  bridge.answer('filters.save', ({ name, filter, replace }) => {
    if (!replace) throw new Refusal({ code: 'CONFLICT', message: 'You have a filter “Seniors” already.' });
    return { ...seniors, name, filter };
  });
  await open('/interviews?level=MID&sort=OLDEST');
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Keep these filters…' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Seniors{Enter}');
  await screen.findByText(/already/);
  await userEvent.click(screen.getByRole('button', { name: 'Replace it' }));
  await screen.findByText('Kept as “Seniors”.');
  const input = { screen: 'history', name: 'Seniors', filter: { level: 'MID', sort: 'OLDEST' } };
  expect(bridge.inputsOf('filters.save')).toEqual([input, { ...input, replace: true }]);
});

it('removes one, and puts it back when that is undone', async () => {
  bridge.answer('filters.remove', () => undefined);
  bridge.answer('filters.save', () => seniors);
  await open();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename or remove…' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Seniors' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(bridge.inputsOf('filters.remove')).toEqual([{ id: seniors.id }]);
  await waitFor(() =>
    expect(bridge.inputsOf('filters.save')).toMatchObject([{ name: 'Seniors', filter: { level: 'SENIOR' } }]),
  );
});
