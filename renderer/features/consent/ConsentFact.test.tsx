import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { Consent, DeskInterview } from '../../../shared/contract/desk.ts';
import { queryClient, useOperation } from '../../lib/queries.ts';
import { bridge, Refusal } from '../../testing/bridge.ts';
import { renderInApp } from '../../testing/render.tsx';
import {
  sampleAnswer,
  sampleDeskInterview,
  samplePerson,
  sampleQuestion,
  sampleTake,
} from '../../testing/samples.ts';
import { ConsentFact } from './ConsentFact.tsx';

const said = (number: number, decision: Consent['decision']): Consent => ({
  ...{ id: `0190a3c0-0000-7000-b000-00000000000${number}`, decision, name: 'Recording', version: 2 },
  ...{ decidedAt: `2026-03-01T10:0${number}:00.000Z`, byCandidate: false },
  notedBy: { id: samplePerson.id, name: samplePerson.name },
});
const recorded = {
  ...{ ...sampleQuestion(), passedOver: false, libraryQuestionId: null },
  answer: { ...sampleAnswer, takes: [sampleTake(1), sampleTake(2)] },
};

let interview: DeskInterview;
function show(changes: Partial<DeskInterview>) {
  interview = sampleDeskInterview({ ...changes, consent: changes.consents?.[0] ?? null });
  renderInApp(<Screen />);
}
function Screen() {
  const { data } = useOperation('desk.interview', { id: interview.id });
  return data ? <ConsentFact interview={data} /> : null;
}
const open = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Details of the consent' }));
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  queryClient.clear();
  bridge.answer('desk.interview', () => interview);
});

it('notes that an agreement is taken back, then asks what becomes of what was recorded', async () => {
  show({ consents: [said(1, 'AGREED')], questions: [recorded] });
  bridge.answer('desk.recordConsent', ({ decision }) => {
    const consents = [said(2, decision), ...interview.consents];
    interview = { ...interview, consents, consent: consents[0] ?? null };
  });
  bridge.answer('desk.eraseRecordings', () => ({ erased: 2 }));
  await open();
  await press('They take it back');
  await screen.findByText('2 recordings made before that are kept');
  expect(bridge.inputsOf('desk.recordConsent')).toMatchObject([
    { decision: 'DECLINED', seen: said(1, 'AGREED').id },
  ]);
  const list = within(screen.getByRole('region', { name: 'What they said' }));
  expect(list.getAllByRole('listitem').map(({ textContent }) => textContent?.replace(/“.*/, ''))).toEqual([
    'Took back their agreement to ',
    'Agreed to ',
  ]);
  // Nothing goes with one press.
  await press('Delete what was recorded');
  expect(bridge.inputsOf('desk.eraseRecordings')).toEqual([]);
  await press('Keep them');
  await press('Delete what was recorded');
  await press('Delete for good');
  await waitFor(() => expect(bridge.inputsOf('desk.eraseRecordings')).toEqual([{ id: interview.id }]));
});

it('tells of what somebody else noted meanwhile, and shows it', async () => {
  show({ consents: [] });
  bridge.answer('desk.recordConsent', () => {
    const consents = [said(1, 'DECLINED')];
    interview = { ...interview, consents, consent: consents[0] ?? null };
    throw new Refusal({ code: 'CONFLICT', message: 'Somebody else has just noted what the candidate says.' });
  });
  await open();
  await press('They agree');
  expect((await screen.findByRole('alert')).textContent).toMatch(/just noted/);
  await screen.findByRole('button', { name: 'They agree now' });
});

it('offers nothing to agree to once a one-way interview runs, or once one has ended', async () => {
  show({ kind: 'ONE_WAY', status: 'COMPLETED', consents: [said(1, 'DECLINED')] });
  await open();
  expect(screen.queryByRole('button', { name: /They/ })).toBeNull();
});
