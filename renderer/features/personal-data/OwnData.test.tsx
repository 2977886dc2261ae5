import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Saving } from '../../../shared/contract/personal-data.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson } from '../../testing/samples.ts';
import { OwnData } from './OwnData.tsx';

const writing: Saving = {
  ...{ id: samplePerson.id, person: { id: samplePerson.id, name: samplePerson.name }, state: 'WRITING' },
  ...{ doneBytes: 1, totalBytes: 4, startedAt: '2026-03-01T10:00:00.000Z', endedAt: null },
  ...{ message: null, file: null },
};
const endedAt = '2026-03-01T10:01:00.000Z';

let saving: Saving | null;
beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  saving = null;
  bridge.answer('personalData.saving', () => saving);
});

it('begins on a click, says how far it is, and can be stopped', async () => {
  bridge.answer('personalData.saveOwn', () => {
    saving = writing;
    return { begun: true };
  });
  bridge.answer('personalData.stop', () => {
    saving = { ...writing, state: 'STOPPED', endedAt };
  });
  renderInApp(<OwnData />);
  await userEvent.click(await screen.findByRole('button', { name: 'Save my data' }));
  const progress = await screen.findByRole('progressbar', { name: 'Writing: how far it is' });
  expect(progress.getAttribute('aria-valuenow')).toBe('25');
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  await screen.findByText('You stopped it. Nothing of the file is left.');
});

it('says why it failed, and lets one try again', async () => {
  saving = { ...writing, state: 'FAILED', endedAt, message: 'The disk is full.' };
  renderInApp(<OwnData />);
  await screen.findByText('The disk is full.');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save my data' }).disabled).toBe(false);
});

it('is fetched by itself in a browser, once, and again on a click', async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  const file = { name: 'mine.zip', sizeBytes: 9, recordings: 2, lacking: [], download: '/downloads/1' };
  saving = { ...writing, state: 'DONE', endedAt: new Date().toISOString(), file };
  const { unmount } = renderInApp(<OwnData />);
  const link = await screen.findByRole('link', { name: 'Download it' });
  expect(link.getAttribute('href')).toBe('/downloads/1');
  expect(clicked).toHaveBeenCalledTimes(1);
  unmount();
  renderInApp(<OwnData />);
  await screen.findByRole('link', { name: 'Download it' });
  expect(clicked).toHaveBeenCalledTimes(1);
  // One of before is there to be clicked.
  saving = { ...saving, endedAt, file: { ...file, download: '/downloads/2' } };
  await queryClient.invalidateQueries({ queryKey: keyOf('personalData.saving') });
  await waitFor(() =>
    expect(screen.getByRole('link', { name: 'Download it' }).getAttribute('href')).toBe('/downloads/2'),
  );
  expect(clicked).toHaveBeenCalledTimes(1);
  clicked.mockRestore();
});
