import type { Person } from '../../shared/contract/accounts.ts';
import type { AppStatus } from '../../shared/contract/app.ts';
import type { DeskInterview, DeskRow } from '../../shared/contract/desk.ts';
import type { InterviewRow, Question, Take } from '../../shared/contract/interviews.ts';
import type { LibraryQuestion, LibraryVersion } from '../../shared/contract/library.ts';
import type { OneWayInterview } from '../../shared/contract/one-way.ts';
import { takeAddress } from '../../shared/model/recording.ts';

/** Values of the contract's shapes for tests, whole and plain. */

export const samplePerson: Person = {
  id: '0190a3c0-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada Lovelace',
  role: 'ADMIN',
  emailVerified: true,
};

export const sampleStatus: AppStatus = {
  version: '0.1.0',
  host: 'electron',
  platform: 'linux',
  database: { state: 'ready' },
  engine: { kind: 'embedded', place: '/data/database' },
  firstPersonNeeded: false,
  expected: null,
  selfRegistration: true,
};

export function sampleInterview(number: number, changes: Partial<InterviewRow> = {}): InterviewRow {
  return {
    id: `0190a3c0-0000-7000-8000-${String(number).padStart(12, '0')}`,
    kind: 'PRACTICE',
    title: `Practice ${number}`,
    status: 'COMPLETED',
    difficulty: 'MID',
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: '2026-03-01T10:20:00.000Z',
    createdAt: '2026-03-01T09:59:00.000Z',
    deletedAt: null,
    questionCount: 5,
    answeredCount: 5,
    score: 75,
    ...changes,
  };
}

export function sampleDeskRow(number: number, changes: Partial<DeskRow> = {}): DeskRow {
  return {
    id: `0190a3c0-0000-7000-8000-${String(number).padStart(12, '0')}`,
    kind: 'LIVE',
    title: 'Backend',
    status: 'COMPLETED',
    difficulty: 'MID',
    candidate: { id: samplePerson.id, name: `Candidate ${number}` },
    interviewer: { id: samplePerson.id, name: samplePerson.name },
    scheduledAt: null,
    dueAt: null,
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: null,
    createdAt: '2026-03-01T09:59:00.000Z',
    deletedAt: null,
    questionCount: 5,
    answeredCount: 5,
    scorecard: 'NONE',
    score: null,
    ...changes,
  };
}

/** A live interview of one question that runs, with nobody asked for consent yet. */
export function sampleDeskInterview(changes: Partial<DeskInterview> = {}): DeskInterview {
  const { scorecard, questionCount, answeredCount, ...row } = sampleDeskRow(70, { status: 'IN_PROGRESS' });
  return {
    ...{ ...row, kind: 'LIVE', blind: false, panel: [], kit: null, instructions: '', rubric: [] },
    accommodation: { timeMultiplier: 1, extraTakes: 0, note: '' },
    consentText: { id: sampleQuestion().id, name: 'Recording', version: 2, body: 'We record what you say.' },
    ...{ consent: null, consents: [], pausedAt: null, pausedMs: 0, revealed: false },
    ...{ currentQuestionId: null, currentSince: null },
    questions: [{ ...sampleQuestion(), passedOver: false, libraryQuestionId: null }],
    ...changes,
  };
}

export const sampleAnswer: NonNullable<Question['answer']> = {
  id: '0190a3c0-0000-7000-8000-000000000090',
  transcript: '',
  score: null,
  level: null,
  audioUrl: null,
  takes: [],
  discarded: [],
  recordingsRemovedAt: null,
  transcriptRemovedAt: null,
};

export function sampleQuestion(changes: Partial<Question> = {}): Question {
  return {
    id: '0190a3c0-0000-7000-8000-000000000080',
    position: 0,
    content: 'Why is an index quick?',
    difficulty: 'EASY',
    competency: 'databases',
    covers: ['A sorted copy'],
    probes: ['And when is it not?'],
    levels: ['Nothing', 'Little', 'Solid', 'Strong', 'Outstanding'],
    thinkTimeMs: 0,
    answerTimeMs: 180_000,
    takesAllowed: 3,
    state: 'ASKED',
    answer: null,
    ...changes,
  };
}

export function sampleLibraryQuestion(changes: Partial<LibraryQuestion> = {}): LibraryQuestion {
  const version: LibraryVersion = {
    ...{ version: 1, origin: 'PERSON', changedAt: '2026-03-01T10:00:00.000Z' },
    changedBy: { id: samplePerson.id, name: samplePerson.name },
  };
  return {
    ...{ id: '0190a3c0-0000-7000-8000-0000000000aa', slug: null, ...version, versions: [version] },
    ...{ content: 'How does an index help?', difficulty: 'MEDIUM', competency: 'databases', tags: ['sql'] },
    ...{ covers: ['Fewer pages are read'], probes: ['What does it cost?'] },
    levels: ['Nothing', 'Little', 'Solid', 'Strong', 'Outstanding'],
    practice: false,
    ...{ createdAt: '2026-03-01T10:00:00.000Z', archivedAt: null, askedCount: 0 },
    ...{ lastAskedAt: null, averageScore: null },
    ...changes,
  };
}

export function sampleTake(number: number): Take {
  const id = `0190a3c0-0000-7000-a000-${String(number).padStart(12, '0')}`;
  return {
    ...{ id, number, state: 'FINISHED', chosen: number === 1, recovered: false, offered: false },
    ...{ durationMs: 61_000, sizeBytes: 244_000, audioUrl: takeAddress(id) },
    startedAt: '2026-03-01T10:00:00.000Z',
  };
}

/** A one-way interview of two questions that waits for its candidate. */
export function sampleOneWay(changes: Partial<OneWayInterview> = {}): OneWayInterview {
  const id = '0190a3c0-0000-7000-8000-000000000060';
  return {
    ...{ id, title: 'First screening', status: 'PENDING', from: 'Ada Lovelace', welcome: 'Thank you.' },
    ...{ assignedAt: '2026-03-01T09:00:00.000Z', dueAt: null, startedAt: null, endedAt: null },
    ...{ questionCount: 2, answeredCount: 0, plannedMs: 180_000, consent: null, currentQuestionId: null },
    consentText: { id, name: 'Recording', version: 1, body: 'We record what you say.' },
    questions: [0, 1].map((position) => ({
      ...{ id: `0190a3c0-0000-7000-9000-00000000006${position}`, position, content: '', state: 'NOT_ASKED' },
      ...{ thinkTimeMs: 30_000, thinkLeftMs: 30_000, answerTimeMs: 60_000, timeLeftMs: 90_000 },
      ...{ takesAllowed: 2, answer: null },
    })),
    ...changes,
  };
}
