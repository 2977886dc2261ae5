import type { Page } from 'playwright';
import { v7 } from 'uuid';
import type { DeskInterview } from '../../shared/contract/desk.ts';
import { recordingFormat } from '../../shared/model/recording.ts';
import { someone } from '../e2e/practice-journey.ts';
import { call } from '../faults/app.ts';
import { chunksOf, speech } from '../fixtures/recordings.ts';

/** The second interviewer. */
const colleague = { name: 'Ines Duarte', email: 'ines@example.com', password: 'a horse of her own' };

const candidates = [
  {
    name: 'Cleo Marchetti',
    headline: 'Backend engineer, six years, payments',
    tags: ['backend', 'referred'],
  },
  { name: 'Jonas Weber', headline: 'Came from operations', tags: ['backend'] },
  { name: 'Amara Okafor', headline: 'Data platforms', tags: ['backend', 'remote'] },
  { name: 'Lin Chen', headline: 'Graduate', tags: ['remote'] },
  { name: 'Sofia Álvarez', headline: 'Full stack, leads a team of four', tags: ['frontend'] },
  { name: 'Tomasz Nowak', headline: 'Embedded systems', tags: [] },
];

const remarks = [
  'Asks what “slow” means before anything else.',
  'Names the index, then doubts it: would it be used?',
  'Plans the way back before the way there.',
  'Needed a hint about the lock.',
];

export interface Team {
  /** One that was held and judged by both. */
  heldId: string;
  /** One that is planned for tomorrow. */
  plannedId: string;
  candidateId: string;
  kitId: string;
}

/**
 * A team with some interviews behind it, made through the app's own operations by the admin who is signed in at the page;
 * who is signed in again when it is done.
 */
export async function makeTeam(page: Page): Promise<Team> {
  const { rows } = await call(page, 'kits.list', {});
  const kitId = rows.at(-1)?.id ?? '';
  const invited = await call(page, 'people.invite', { ...colleague, role: 'INTERVIEWER' });
  const ids: string[] = [];
  for (const [index, { name, headline, tags }] of candidates.entries()) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@example.org`;
    const made = await call(page, 'candidates.create', { name, email, headline, tags: [...tags] });
    ids.push(made.id);
    if (index === 0) await describe(page, made.id);
  }
  const [candidateId = '', ...others] = ids;
  const held: string[] = [];
  for (const [index, id] of [candidateId, ...others.slice(0, 3)].entries()) {
    const made = await schedule(page, { kitId, candidateId: id, panel: [invited.person.id] });
    await hold(page, made, index);
    held.push(made);
  }
  const tomorrow = new Date(Date.now() + 24 * 60 * 60_000);
  tomorrow.setHours(10, 30, 0, 0);
  const plannedId = await schedule(page, {
    ...{ kitId, candidateId: others[3] ?? '', panel: [invited.person.id] },
    scheduledAt: tomorrow.toISOString(),
  });
  await schedule(page, { kitId, candidateId: others[4] ?? '', panel: [], kind: 'ONE_WAY' });
  for (const [index, id] of held.entries()) await judge(page, id, index);
  await signInAs(page, () =>
    call(page, 'accounts.useCode', {
      ...{ email: colleague.email, code: invited.invitation.code },
      ...{ password: colleague.password, remember: false },
    }),
  );
  for (const [index, id] of held.slice(0, 3).entries()) await judge(page, id, index + 1);
  await signInAs(page, () => call(page, 'accounts.signIn', { ...someone, remember: true }));
  return { heldId: held[0] ?? '', plannedId, candidateId, kitId };
}

async function signInAs(page: Page, act: () => Promise<unknown>): Promise<void> {
  await call(page, 'accounts.signOut', undefined);
  await act();
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

async function describe(page: Page, id: string): Promise<void> {
  const { version, name, email, headline, tags } = await call(page, 'candidates.get', { id });
  await call(page, 'candidates.update', {
    ...{ id, version, name, email, headline, tags, phone: '+39 055 0101' },
    notes: 'Met at the meetup in May. Would start in September.',
    accommodation: { timeMultiplier: 1.5, extraTakes: 1, note: 'Reads from a screen reader.' },
  });
}

async function schedule(
  page: Page,
  wish: { kitId: string; candidateId: string; panel: string[]; kind?: 'ONE_WAY'; scheduledAt?: string },
): Promise<string> {
  const { id } = await call(page, 'desk.schedule', {
    ...{ kind: 'LIVE', scheduledAt: null, dueAt: null },
    ...wish,
  });
  return id;
}

/** Asks every question, with a recording, a note and a rating for each. */
async function hold(page: Page, id: string, number: number): Promise<void> {
  const interview = await call(page, 'desk.interview', { id });
  if (interview.consentText) {
    await call(page, 'desk.recordConsent', {
      ...{ id, consentTextId: interview.consentText.id },
      ...{ decision: 'AGREED', seen: null },
    });
  }
  await call(page, 'live.start', { id });
  let seen: string | null = null;
  for (const [index, question] of interview.questions.entries()) {
    await call(page, 'live.ask', { questionId: question.id, seen });
    seen = question.id;
    await record(page, question);
    await call(page, 'notes.add', {
      ...{ id: v7(), interviewId: id, questionId: question.id, atMs: 1_500 + 400 * index },
      ...{ notedAt: new Date().toISOString(), body: remarks[(index + number) % remarks.length] ?? '' },
    });
    await call(page, 'scorecards.rate', {
      ...{ interviewId: id, subject: { questionId: question.id }, seen: null },
      level: levelOf(index + number),
    });
  }
  await call(page, 'live.end', { id });
}

async function record(page: Page, { id: questionId }: DeskInterview['questions'][number]): Promise<void> {
  const { mimeType, maxChunkBytes } = recordingFormat;
  const { takeId } = await call(page, 'recordings.begin', { questionId, mimeType });
  for (const [sequence, chunk] of chunksOf(Uint8Array.from(speech), maxChunkBytes).entries()) {
    await page.evaluate(
      ([id, number, text]) => {
        const { operations } = (window as unknown as { parley: { operations: Operations } }).parley;
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        return operations['recordings.append']({ takeId: id, sequence: number, bytes });
      },
      [takeId, sequence, Buffer.from(chunk).toString('base64')] as const,
    );
  }
  await call(page, 'recordings.finish', { takeId });
}

type Operations = Record<'recordings.append', (input: unknown) => Promise<unknown>>;

/** Rates what is judged and submits. Two who judge the same one do not agree on everything. */
async function judge(page: Page, interviewId: string, number: number): Promise<void> {
  const { rubric, questions } = await call(page, 'desk.interview', { id: interviewId });
  const before = await call(page, 'scorecards.mine', { interviewId });
  const subjects = [
    ...rubric.map(({ key }) => ({ competency: key })),
    ...(before.ratings.length === 0 ? questions.map(({ id }) => ({ questionId: id })) : []),
  ];
  for (const [index, subject] of subjects.entries()) {
    await call(page, 'scorecards.rate', {
      ...{ interviewId, subject, seen: null, level: levelOf(index + number) },
      evidence: index % 2 === 0 ? (remarks[(index + number) % remarks.length] ?? '') : '',
    });
  }
  const mine = await call(page, 'scorecards.mine', { interviewId });
  const written = await call(page, 'scorecards.write', {
    ...{ interviewId, seen: mine.updatedAt },
    recommendation: number % 3 === 2 ? 'NO' : 'YES',
    takeaways: 'Thinks before speaking, measures before changing. Would learn the rest with us.',
    sharedNotes: 'Ask about on-call in the next round.',
  });
  await call(page, 'scorecards.submit', { interviewId, seen: written.updatedAt });
}

function levelOf(number: number): 2 | 3 | 4 | 5 {
  return ([4, 3, 5, 2] as const)[number % 4] ?? 3;
}
