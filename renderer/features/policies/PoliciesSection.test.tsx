import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import type { RetentionDraft, RetentionRule } from '../../../shared/contract/retention.ts';
import { usualPasswordRules, usualSignInLimits } from '../../../shared/model/policies.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { PasswordRulesForm } from './PasswordRulesForm.tsx';
import { PoliciesSection } from './PoliciesSection.tsx';
import { RetentionNotice } from './RetentionNotice.tsx';
import { RetentionSettings } from './RetentionSettings.tsx';
import { SignInLimitsForm } from './SignInLimitsForm.tsx';

const id = '0190a3c0-0000-7000-8000-000000000070';
const rule: RetentionRule = {
  ...{ id, what: 'RECORDINGS', kinds: ['LIVE', 'ONE_WAY'], statuses: ['COMPLETED'], days: 90, graceDays: 14 },
  version: 3,
};
const none = { interviews: 0, recordings: 0, bytes: 0, transcripts: 0 };
const some = { interviews: 3, recordings: 5, bytes: 12_000_000, transcripts: 0 };
let rules: RetentionRule[];

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), samplePerson);
  rules = [];
  bridge.answer('app.status', () => sampleStatus);
  bridge.answer('database.work', () => null);
  bridge.answer('policies.get', () => ({
    passwords: { ...usualPasswordRules, version: 0 },
    signIn: { ...usualSignInLimits, version: 0 },
  }));
  bridge.answer('retention.rules', () => ({ rules, lastRun: null }));
  bridge.answer('retention.preview', () => ({ now: none, soon: none, kept: 0 }));
  bridge.answer('retention.interviews', () => ({ rows: [], next: null }));
});

const conflictTitle = 'Somebody else has changed this meanwhile';
/** Not by its role: so is what was done before, in a notification. */
async function conflict(): Promise<HTMLElement> {
  const title = await screen.findByText(conflictTitle);
  return title.closest<HTMLElement>('[role="alert"]') ?? title;
}
const click = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));

it('shows what a rule would take before it can be saved', async () => {
  let tell = () => {};
  const counted = new Promise<void>((resolve) => {
    tell = resolve;
  });
  bridge.answer('retention.preview', async () => {
    await counted;
    return { now: some, soon: { ...some, interviews: 4 }, kept: 1 };
  });
  bridge.answer('retention.saveRule', ({ rule: draft }) => ({ ...draft, id, version: 1 }));
  renderInApp(<RetentionSettings />);
  await click('Add a rule…');
  const dialog = await screen.findByRole('dialog', { name: 'Add a rule' });
  const save = within(dialog).getByRole('button', { name: 'Save the rule' });
  expect(save).toHaveProperty('disabled', true);
  tell();
  await within(dialog).findByText('3 interviews, 5 recordings (12 MB)');
  within(dialog).getByText('4 interviews, 5 recordings (12 MB)');
  within(dialog).getByText('1 interview, left out');
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  await userEvent.click(save);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.inputsOf('retention.saveRule')).toEqual([
    {
      ...{ id: null, seen: null },
      rule: {
        ...{ what: 'RECORDINGS', kinds: ['LIVE', 'ONE_WAY'], statuses: ['COMPLETED', 'ABANDONED'] },
        ...{ days: 180, graceDays: 14 },
      },
    },
  ]);
});

it('says what is wrong with a field, and offers interviews that never started only where they go whole', async () => {
  bridge.answer('retention.preview', (draft: RetentionDraft) => {
    if (draft.days >= 1) return { now: none, soon: none, kept: 0 };
    const fields = { days: 'Not below 1.' };
    throw new Refusal({ code: 'INVALID_INPUT', message: 'Not below 1.', details: { fields } });
  });
  renderInApp(<RetentionSettings />);
  await click('Add a rule…');
  const days = await screen.findByLabelText('Days after the end');
  await userEvent.clear(days);
  await userEvent.type(days, '0');
  await screen.findByText('Not below 1.');
  expect(screen.getByRole('button', { name: 'Save the rule' })).toHaveProperty('disabled', true);
  expect(screen.queryByLabelText('Never started')).toBeNull();
  await userEvent.click(screen.getByLabelText('Whole interviews'));
  screen.getByLabelText('Never started');
});

it('shows what somebody else has made of a rule meanwhile, and lets one choose', async () => {
  rules = [rule];
  const theirs = { ...rule, days: 365, version: 4 };
  bridge.answer('retention.saveRule', ({ seen, rule: draft }) => {
    if (seen === 4) return { ...draft, id, version: 5 };
    throw new Refusal({ code: 'CONFLICT', message: 'Somebody else.', details: { current: theirs } });
  });
  renderInApp(<RetentionSettings />);
  await click(/^Change the rule/);
  const save = await screen.findByRole('button', { name: 'Save the rule' });
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  await userEvent.click(save);
  const alert = await conflict();
  within(alert).getByText(/365 days after the end/);
  await userEvent.click(within(alert).getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() =>
    expect(bridge.inputsOf('retention.saveRule').map(({ seen, rule: { days } }) => [seen, days])).toEqual([
      [3, 90],
      [4, 90],
    ]),
  );
});

it('keeps a rule for passwords that was typed when somebody else has changed it, and saves it over theirs', async () => {
  const theirs = { ...usualPasswordRules, minCharacters: 20, version: 1 };
  bridge.answer('policies.setPasswords', ({ seen, ...rules }) => {
    if (seen === 1) return { ...rules, version: 2 };
    throw new Refusal({ code: 'CONFLICT', message: 'Somebody else.', details: { current: theirs } });
  });
  renderInApp(<PasswordRulesForm stored={{ ...usualPasswordRules, version: 0 }} />);
  const field = await screen.findByLabelText('At least so many characters');
  await userEvent.clear(field);
  await userEvent.type(field, '12');
  await click('Save the rules for passwords');
  const alert = await conflict();
  within(alert).getByText(/At least 20 characters/);
  expect(field).toHaveProperty('value', '12');
  await userEvent.click(within(alert).getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(screen.queryByText(conflictTitle)).toBeNull());
  expect(
    bridge.inputsOf('policies.setPasswords').map(({ seen, minCharacters }) => [seen, minCharacters]),
  ).toEqual([
    [0, 12],
    [1, 12],
  ]);
});

it('sends no limit in all where the field is empty, and tells how many were signed out', async () => {
  bridge.answer('policies.setSignIn', ({ seen, ...limits }) => ({ ...limits, version: seen + 1, ended: 2 }));
  renderInApp(<SignInLimitsForm stored={{ ...usualSignInLimits, version: 0 }} />);
  await click('Save the limits for signing in');
  await screen.findByText('Saved. 2 sessions ended by it.');
  expect(bridge.inputsOf('policies.setSignIn')).toEqual([{ ...usualSignInLimits, seen: 0 }]);
});

it('an interview says what goes and when; only an admin may keep it', async () => {
  let kept = false;
  const notices = [
    { what: 'RECORDINGS' as const, goesAt: '2026-12-03T12:00:00.000Z' },
    { what: 'INTERVIEWS' as const, goesAt: '2027-01-02T12:00:00.000Z' },
  ];
  bridge.answer('retention.ofInterview', () => ({ kept, notices: kept ? [] : notices }));
  bridge.answer('retention.keep', (input) => {
    kept = input.kept;
  });
  const { unmount } = renderInApp(<RetentionNotice interviewId={id} />);
  await screen.findByText(/^Recordings go on .*3.*2026, and this whole interview goes on .*2.*2027/);
  await click('Keep this');
  await screen.findByText(/^An admin keeps this interview/);
  unmount();

  kept = false;
  queryClient.clear();
  queryClient.setQueryData(keyOf('accounts.current'), { ...samplePerson, role: 'CANDIDATE' });
  renderInApp(<RetentionNotice interviewId={id} />);
  await screen.findByText(/^Recordings go on/);
  expect(screen.queryByRole('button')).toBeNull();
});

it('has every policy in one place, and the way to the consent texts', async () => {
  renderInApp(
    <MemoryRouter>
      <PoliciesSection />
    </MemoryRouter>,
  );
  await screen.findByText('There is no rule: nothing goes by itself.');
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
    ...['How long things are kept', 'Passwords', 'Signing in', 'New accounts and consent'],
  ]);
  screen.getByRole('switch', { name: /^People may create an account themselves/ });
  expect(screen.getByText('Consent texts').getAttribute('href')).toBe('/kits/consent-texts');
});
