import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followEvents, queryClient } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import { samplePerson, sampleStatus } from '../../testing/samples.ts';
import { AccountGate } from './AccountGate.tsx';

let unfollow = () => {};

beforeEach(() => {
  queryClient.clear();
  unfollow = followEvents();
  bridge.answer('app.status', () => sampleStatus);
  bridge.answer('accounts.current', () => null);
});
afterEach(() => unfollow());

function open() {
  return renderInApp(<AccountGate>Inside</AccountGate>);
}

it('makes the first person, with what is wrong beside its field', async () => {
  bridge.answer('app.status', () => ({ ...sampleStatus, firstPersonNeeded: true }));
  bridge.answer('accounts.createFirst', ({ password }) => {
    if (password.length >= 10) return samplePerson;
    throw new Refusal({
      code: 'INVALID_INPUT',
      message: 'At least 10 characters.',
      details: { fields: { password: 'At least 10 characters.' } },
    });
  });
  open();
  await screen.findByText('Welcome to Parley');
  await userEvent.type(screen.getByLabelText('Name'), 'Ada Lovelace');
  await userEvent.type(screen.getByLabelText('Email'), 'ada@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'short{Enter}');
  await screen.findByText('At least 10 characters.');
  const password = screen.getByLabelText('Password');
  expect(password.getAttribute('aria-invalid')).toBe('true');
  await waitFor(() => expect(document.activeElement).toBe(password));
  await userEvent.type(password, ' but longer now{Enter}');
  await screen.findByText('Inside');
});

it('tells how long to wait after too many wrong sign-ins, and lets one try again then', async () => {
  bridge.answer('accounts.signIn', () => {
    throw new Refusal({ code: 'SLOW_DOWN', message: 'Too many tries.', details: { retryAfterMs: 600 } });
  });
  open();
  await userEvent.type(await screen.findByLabelText('Email'), 'ada@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}');
  await screen.findByText(/You can try again in 0:01/);
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Sign in' });
  expect(button.disabled).toBe(true);
  await waitFor(() => expect(button.disabled).toBe(false), { timeout: 3_000 });
});

it('offers to register only where an admin has left that on', async () => {
  bridge.answer('app.status', () => ({ ...sampleStatus, selfRegistration: false }));
  open();
  await screen.findByText('Sign in to Parley');
  expect(screen.queryByText('Create an account')).toBeNull();
  bridge.answer('app.status', () => sampleStatus);
  act(() => bridge.emit('app.statusChanged', undefined));
  await userEvent.click(await screen.findByText('Create an account'));
  expect(screen.getByRole('heading', { name: 'Create an account' })).toBeTruthy();
});

it('leads out when the session ends elsewhere, and forgets what was read for that person', async () => {
  bridge.answer('accounts.current', () => samplePerson);
  open();
  await screen.findByText('Inside');
  queryClient.setQueryData(['interviews.unfinished'], { id: 'secret' });
  bridge.answer('accounts.current', () => null);
  act(() => bridge.emit('accounts.signedOut', undefined));
  await screen.findByText('Sign in to Parley');
  expect(queryClient.getQueryData(['interviews.unfinished'])).toBeUndefined();
});

it('lets a person fill in the form while the database opens, and keeps what they typed', async () => {
  let answerCurrent = (_: null) => {};
  bridge.answer('accounts.current', () => new Promise((resolve) => (answerCurrent = resolve)));
  const opening = { state: 'opening' } as const;
  bridge.answer('app.status', () => ({
    ...sampleStatus,
    ...{ database: opening, firstPersonNeeded: null, selfRegistration: null, expected: 'SIGN_IN' as const },
  }));
  open();
  await userEvent.type(await screen.findByLabelText('Email'), 'ada@example.org');
  bridge.answer('app.status', () => ({ ...sampleStatus, expected: 'SIGN_IN' as const }));
  act(() => {
    bridge.emit('app.statusChanged', undefined);
    answerCurrent(null);
  });
  await screen.findByRole('button', { name: /account/i });
  expect(screen.getByLabelText<HTMLInputElement>('Email').value).toBe('ada@example.org');
});

it('sets a password with a one-time code, and says what is wrong with it', async () => {
  bridge.answer('accounts.useCode', ({ code }) => {
    if (code === '7K2M-Q9XR-41TD-H0ZE') return samplePerson;
    throw new Refusal({ code: 'WRONG_CREDENTIALS', message: 'Email or code is wrong.' });
  });
  open();
  await userEvent.click(await screen.findByText('I have a code'));
  await userEvent.type(screen.getByLabelText('Email'), 'ada@example.org');
  const code = screen.getByLabelText('One-time code');
  await userEvent.type(code, 'wrong');
  await userEvent.type(screen.getByLabelText('New password'), 'correct horse battery{Enter}');
  await screen.findByText('Email or code is wrong.');
  await userEvent.clear(code);
  await userEvent.type(code, '7K2M-Q9XR-41TD-H0ZE{Enter}');
  await screen.findByText('Inside');
});
