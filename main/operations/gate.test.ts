import { beforeEach, describe, expect, test } from 'vitest';
import { type InputOf, type OperationName, operations } from '../../shared/contract/index.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { usualPasswordRules, usualSignInLimits } from '../../shared/model/policies.ts';
import { roles } from '../../shared/model/roles.ts';
import { usualKit } from '../../tests/fixtures/desk.ts';
import { createGate } from './gate.ts';
import type { Handlers, SignedInPerson } from './handlers.ts';
import { OperationFailure } from './operation-failure.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const email = 'ada@example.com';
const password = 'correct horse battery';
const draft: InputOf<'library.update'>['draft'] = {
  ...{ content: 'Why?', difficulty: 'EASY', competency: 'testing', tags: [], covers: [], probes: [] },
  levels: ['', '', '', '', ''],
  practice: false,
};

const backupId = '2026-03-01T10-00-00-000Z';
const usualServer: InputOf<'database.testServer'> = {
  ...{ host: 'db.example.com', port: 5432, user: 'parley', password: null, name: 'parley' },
  ...{ tls: 'require', ca: null },
};

const usualRule: InputOf<'retention.preview'> = {
  ...{ what: 'RECORDINGS', kinds: ['LIVE', 'ONE_WAY'], statuses: ['COMPLETED'], days: 90, graceDays: 14 },
};

/** An input of the right shape for every operation; the compiler asks for the next one. */
const inputs: { [N in OperationName]: InputOf<N> } = {
  'app.status': undefined,
  'app.retryDatabase': undefined,
  'database.migrate': undefined,
  'database.overview': undefined,
  'database.testServer': usualServer,
  'database.chooseCertificate': undefined,
  'database.use': { kind: 'server', server: usualServer },
  'database.copy': { to: { kind: 'embedded' }, use: false },
  'database.work': undefined,
  'database.stopWork': undefined,
  'backups.list': undefined,
  'backups.make': undefined,
  'backups.restore': { id: backupId },
  'backups.remove': { id: backupId },
  'backups.configure': { daily: true, keepDaily: 7, keepWeekly: 4 },
  'backups.openFolder': undefined,
  'backups.chooseFolder': undefined,
  'backups.useUsualFolder': undefined,
  'migrations.list': undefined,
  'migrations.check': undefined,
  'migrations.rehearse': undefined,
  'migrations.loss': undefined,
  'migrations.revert': { name: 'Takes1795453203000' },
  'accounts.createFirst': { name: 'Ada', email, password, remember: false },
  'accounts.register': { name: 'Ada', email, password, remember: false },
  'accounts.signIn': { email, password, remember: false },
  'accounts.useCode': { email, code: 'ABCD', password, remember: false },
  'accounts.signOut': undefined,
  'accounts.current': undefined,
  'accounts.rename': { name: 'Ada' },
  'accounts.changePassword': { current: password, next: password },
  'accounts.sessions': undefined,
  'accounts.revokeSession': { id },
  'people.list': {},
  'people.create': { name: 'Ada', email, password, role: 'CANDIDATE' },
  'people.invite': { name: 'Ada', email, role: 'INTERVIEWER' },
  'people.resetPassword': { id },
  'people.changeRole': { id, from: 'CANDIDATE', to: 'INTERVIEWER' },
  'people.setState': { id, state: 'DISABLED' },
  'people.setEmailVerified': { id, verified: true },
  'people.setSelfRegistration': { allowed: true },
  'policies.passwordRules': undefined,
  'policies.get': undefined,
  'policies.setPasswords': { seen: 0, ...usualPasswordRules },
  'policies.setSignIn': { seen: 0, ...usualSignInLimits },
  'retention.rules': undefined,
  'retention.preview': usualRule,
  'retention.previewInterviews': { rule: usualRule },
  'retention.saveRule': { id: null, seen: null, rule: usualRule },
  'retention.removeRule': { id, seen: 1 },
  'retention.interviews': { list: 'ANNOUNCED' },
  'retention.keep': { interviewId: id, kept: true },
  'retention.run': undefined,
  'retention.ofInterview': { id },
  'library.competencies': undefined,
  'library.list': {},
  'library.facets': undefined,
  'library.get': { id },
  'library.version': { id, version: 1 },
  'library.create': draft,
  'library.update': { id, baseVersion: 1, draft },
  'library.revert': { id, baseVersion: 2, version: 1 },
  'library.archive': { id },
  'library.restore': { id },
  'library.duplicate': { id },
  'library.checkImport': { format: 'CSV', bytes: new Uint8Array(1) },
  'library.import': { format: 'CSV', bytes: new Uint8Array(1), fingerprint: '', conflicts: 'KEEP' },
  'library.export': { format: 'CSV' },
  'practice.competencies': undefined,
  'practice.create': {
    ...{ difficulty: 'MID', questionCount: 5, competencies: ['testing'] },
    ...{ thinkTimeMs: 0, answerTimeMs: 60_000, takesAllowed: 1 },
  },
  'interviews.unfinished': undefined,
  'interviews.get': { id },
  'interviews.list': {},
  'interviews.begin': { id },
  'interviews.complete': { id },
  'interviews.abandon': { id },
  'interviews.delete': { id },
  'interviews.restore': { id },
  'questions.ask': { questionId: id },
  'questions.skip': { questionId: id },
  'answers.chooseTake': { takeId: id },
  'answers.keepTake': { takeId: id },
  'answers.discardTake': { takeId: id },
  'answers.restoreTake': { takeId: id, chosen: true },
  'answers.saveTranscript': { questionId: id, transcript: '' },
  'answers.rate': { questionId: id, level: 3 },
  'recordings.begin': { questionId: id, mimeType: 'audio/webm' },
  'recordings.append': { takeId: id, sequence: 0, bytes: new Uint8Array(1) },
  'recordings.finish': { takeId: id },
  'recordings.peaks': { takeId: id },
  'storage.status': undefined,
  'storage.measure': undefined,
  'storage.open': undefined,
  'storage.move': undefined,
  'storage.moveBack': undefined,
  'storage.resumeMove': undefined,
  'storage.cancelMove': undefined,
  'storage.giveUp': undefined,
  'storage.gather': undefined,
  'storage.findStrays': undefined,
  'health.report': undefined,
  'health.retryJob': { id: 'BACKUP' },
  'health.dismissJob': { id: 'BACKUP' },
  'health.log': {},
  'health.diagnostics': undefined,
  'personalData.save': { id },
  'personalData.saveOwn': undefined,
  'personalData.saving': undefined,
  'personalData.stop': undefined,
  'personalData.openFolder': undefined,
  'desk.list': {},
  'desk.interviewers': undefined,
  'desk.schedule': {
    kind: 'LIVE',
    candidateId: '0197aaaa-0000-7000-8000-000000000000',
    kitId: '0197aaaa-0000-7000-8000-000000000000',
    panel: [],
    scheduledAt: null,
    dueAt: null,
  },
  'desk.reschedule': {
    id: '0197aaaa-0000-7000-8000-000000000000',
    seen: { scheduledAt: null, dueAt: null },
    scheduledAt: null,
    dueAt: null,
  },
  'desk.setPanel': {
    id: '0197aaaa-0000-7000-8000-000000000000',
    seen: ['0197aaaa-0000-7000-8000-000000000000'],
    panel: ['0197aaaa-0000-7000-8000-000000000000'],
  },
  'desk.cancel': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'desk.delete': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'desk.restore': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.start': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.pause': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.goOn': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.end': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.openCandidateView': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'live.candidateView': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'notes.remove': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'desk.recordConsent': { id, consentTextId: id, decision: 'AGREED', seen: null },
  'desk.eraseRecordings': { id },
  'live.ask': { questionId: id, seen: null },
  'live.passOver': { questionId: '0197aaaa-0000-7000-8000-000000000000' },
  'live.reorder': { id: '0197aaaa-0000-7000-8000-000000000000', seen: [], order: [] },
  'live.addQuestion': {
    id: '0197aaaa-0000-7000-8000-000000000000',
    afterId: null,
    question: { type: 'LIBRARY', libraryQuestionId: '0197aaaa-0000-7000-8000-000000000000' },
  },
  'live.keepTake': { takeId: '0197aaaa-0000-7000-8000-000000000000' },
  'live.discardTake': { takeId: '0197aaaa-0000-7000-8000-000000000000' },
  'live.restoreTake': { takeId: '0197aaaa-0000-7000-8000-000000000000' },
  'live.chooseTake': { takeId: '0197aaaa-0000-7000-8000-000000000000' },
  'notes.list': { interviewId: '0197aaaa-0000-7000-8000-000000000000' },
  'notes.add': {
    id: '0197aaaa-0000-7000-8000-000000000000',
    interviewId: '0197aaaa-0000-7000-8000-000000000000',
    questionId: null,
    atMs: null,
    notedAt: '2026-01-01T00:00:00Z',
    body: 'x',
  },
  'notes.change': { id: '0197aaaa-0000-7000-8000-000000000000', seen: '2026-01-01T00:00:00Z', body: 'x' },
  'scorecards.write': { interviewId: '0197aaaa-0000-7000-8000-000000000000', seen: null },
  'scorecards.submit': { interviewId: '0197aaaa-0000-7000-8000-000000000000', seen: null },
  'scorecards.reopen': { interviewId: '0197aaaa-0000-7000-8000-000000000000', reason: 'x' },
  'scorecards.debrief': { interviewId: '0197aaaa-0000-7000-8000-000000000000' },
  'review.compare': { questionId: '0197aaaa-0000-7000-8000-000000000000' },
  'review.grid': {},
  'scorecards.mine': { interviewId: '0197aaaa-0000-7000-8000-000000000000' },
  'scorecards.rate': {
    interviewId: '0197aaaa-0000-7000-8000-000000000000',
    subject: { questionId: '0197aaaa-0000-7000-8000-000000000000' },
    seen: null,
    level: 3,
  },
  'desk.interview': { id: '0197aaaa-0000-7000-8000-000000000000' },
  'erasure.preview': { id },
  'erasure.erase': { id, name: 'Ada' },
  'audit.list': {},
  'audit.choices': undefined,
  'kits.list': {},
  'kits.get': { id },
  'kits.create': { name: 'Backend', definition: usualKit },
  'kits.update': { id, version: 1, name: 'Backend', definition: usualKit },
  'kits.duplicate': { id },
  'kits.archive': { id },
  'kits.restore': { id },
  'kits.versions': { id },
  'kits.revert': { id, version: 2, to: 1 },
  'kits.preview': { definition: usualKit },
  'consentTexts.list': {},
  'consentTexts.get': { name: 'Recording' },
  'consentTexts.versions': { name: 'Recording' },
  'consentTexts.save': { name: 'Recording', version: 0, body: 'We record.' },
  'consentTexts.archive': { name: 'Recording' },
  'consentTexts.restore': { name: 'Recording' },
  'find.search': { text: 'Ada' },
  'filters.list': { screen: 'history' },
  'filters.save': { screen: 'history', name: 'Mine', filter: {} },
  'filters.rename': { id, name: 'Mine' },
  'filters.remove': { id },
  'candidates.list': {},
  'candidates.create': { name: 'Ada', email },
  'candidates.get': { id },
  'candidates.update': {
    ...{ id, version: 1, name: 'Ada', email, headline: '', phone: '', notes: '', tags: [] },
    accommodation: { timeMultiplier: 1, extraTakes: 0, note: '' },
  },
  'candidates.setArchived': { id, archived: true },
  'candidates.tags': undefined,
  'candidates.interviews': { id },
  'candidates.invite': { id },
  'oneWay.mine': {},
  'oneWay.get': { id },
  'oneWay.begin': { id, consent: null },
  'oneWay.recordConsent': { id, consentTextId: id, decision: 'DECLINED' },
  'oneWay.ask': { questionId: id },
  'oneWay.skip': { questionId: id },
  'oneWay.saveAnswer': { questionId: id, transcript: '' },
  'oneWay.chooseTake': { takeId: id },
  'oneWay.keepTake': { takeId: id },
  'oneWay.discardTake': { takeId: id },
  'oneWay.restoreTake': { takeId: id },
  'oneWay.submit': { id },
};

const names = Object.keys(operations) as OperationName[];
const client = { id: 'client', label: 'test' };
const admin: SignedInPerson = { id, role: 'ADMIN', sessionId: id };

const reached: { name: string; input: unknown; person: unknown }[] = [];
const reports: { operation: string; reference: string; error: unknown }[] = [];
beforeEach(() => {
  reached.length = 0;
  reports.length = 0;
});

/** A gate whose handlers note that they were reached, and then do as told. */
function gate(
  parts: {
    person?: SignedInPerson | null;
    answer?: () => unknown;
    require?: (needs: string) => Promise<void>;
    personOf?: () => Promise<SignedInPerson | null>;
  } = {},
) {
  const { person = admin, answer = () => undefined } = parts;
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      async (call: { input: unknown; person: unknown }) => {
        reached.push({ name, input: call.input, person: call.person });
        return answer();
      },
    ]),
  ) as unknown as Handlers;
  return createGate({
    handlers,
    require: parts.require ?? (async () => undefined),
    personOf: parts.personOf ?? (async () => person),
    report: (failure) => reports.push(failure),
  });
}

describe('every operation × every role', () => {
  const callers = [null, ...roles.map((role): SignedInPerson => ({ ...admin, role }))];
  const walk = names.flatMap((name) =>
    callers.map((person) => ({ name, person, who: person?.role ?? 'nobody signed in' })),
  );

  test.each(walk)('$name × $who', async ({ name, person }) => {
    const { access }: Operation = operations[name];
    const result = await gate({ person })(client, name, inputs[name]);
    if (access === 'anyone' || (person && access.includes(person.role))) {
      expect(reached.map((call) => call.name)).toEqual([name]);
    } else {
      expect(reached).toEqual([]);
      expect(result).toMatchObject({
        ok: false,
        error: { code: person ? 'FORBIDDEN' : 'NOT_SIGNED_IN' },
      });
    }
  });

  // Access in full, beside the contract: opening an operation to more people takes two changes.
  test('what is open without signing in, and what is an admin’s, is just this', () => {
    const withAccess = (wanted: (access: Operation['access']) => boolean) =>
      names.filter((name) => wanted((operations[name] as Operation).access));
    expect(withAccess((access) => access === 'anyone')).toEqual([
      ...['app.status', 'app.retryDatabase', 'accounts.createFirst', 'accounts.register'],
      ...['accounts.signIn', 'accounts.useCode', 'accounts.signOut', 'accounts.current'],
      'policies.passwordRules',
    ]);
    expect(withAccess((access) => access !== 'anyone' && !access.includes('INTERVIEWER'))).toEqual([
      ...['database.migrate', 'database.overview', 'database.testServer', 'database.chooseCertificate'],
      ...['database.use', 'database.copy', 'database.work', 'database.stopWork'],
      ...['backups.list', 'backups.make', 'backups.restore', 'backups.remove', 'backups.configure'],
      ...['backups.chooseFolder', 'backups.useUsualFolder', 'backups.openFolder'],
      ...['migrations.list', 'migrations.check', 'migrations.rehearse'],
      ...['migrations.loss', 'migrations.revert'],
      ...['people.list', 'people.invite', 'people.resetPassword', 'people.changeRole'],
      ...['people.setState', 'people.create', 'people.setEmailVerified', 'people.setSelfRegistration'],
      ...['storage.open', 'storage.move', 'storage.moveBack', 'storage.resumeMove', 'storage.cancelMove'],
      ...['storage.giveUp', 'storage.gather', 'storage.findStrays'],
      ...['health.report', 'health.retryJob', 'health.dismissJob', 'health.log', 'health.diagnostics'],
      ...['audit.list', 'audit.choices', 'erasure.preview', 'erasure.erase'],
      ...['policies.get', 'policies.setPasswords', 'policies.setSignIn'],
      ...['retention.rules', 'retention.preview', 'retention.previewInterviews', 'retention.saveRule'],
      ...['retention.removeRule', 'retention.interviews', 'retention.keep', 'retention.run'],
      'personalData.save',
    ]);
    expect(withAccess((access) => access !== 'anyone' && !access.includes('ADMIN'))).toEqual([]);
  });

  /** What a candidate may call, one by one: a new operation is theirs only once somebody has put it here. */
  test('what a candidate may do is just this', () => {
    const theirs = names.filter((name) => {
      const { access }: Operation = operations[name];
      return access !== 'anyone' && access.includes('CANDIDATE');
    });
    expect(theirs).toEqual([
      ...['accounts.rename', 'accounts.changePassword', 'accounts.sessions', 'accounts.revokeSession'],
      // The library has what is asked, with its rubrics: of it they get what is marked for practice, drawn by main.
      ...['practice.competencies', 'practice.create'],
      ...['interviews.unfinished', 'interviews.get', 'interviews.list', 'interviews.begin'],
      ...['interviews.complete', 'interviews.abandon', 'interviews.delete', 'interviews.restore'],
      ...['questions.ask', 'questions.skip'],
      ...['answers.chooseTake', 'answers.keepTake', 'answers.discardTake', 'answers.restoreTake'],
      ...['answers.saveTranscript', 'answers.rate'],
      ...['recordings.begin', 'recordings.append', 'recordings.finish', 'recordings.peaks'],
      ...['storage.status', 'storage.measure'],
      ...['find.search', 'filters.list', 'filters.save', 'filters.rename', 'filters.remove'],
      ...['oneWay.mine', 'oneWay.get', 'oneWay.begin', 'oneWay.recordConsent', 'oneWay.ask', 'oneWay.skip'],
      ...['oneWay.saveAnswer', 'oneWay.chooseTake', 'oneWay.keepTake', 'oneWay.discardTake'],
      ...['oneWay.restoreTake', 'oneWay.submit'],
      'retention.ofInterview',
      ...['personalData.saveOwn', 'personalData.saving', 'personalData.stop', 'personalData.openFolder'],
    ]);
  });

  test('whoever must be signed in can be known: such operations need the database', () => {
    const wrong = names.filter((name) => {
      const { access, needs }: Operation = operations[name];
      return access !== 'anyone' && needs === 'nothing';
    });
    expect(wrong).toEqual([]);
  });
});

describe('what is no operation', () => {
  test.each([
    ...['', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'],
    ...['accounts', 'accounts.', 'accounts.signin', 'accounts.signIn ', 'accounts.signIn\0', '../app.status'],
  ])('attack: calling %j', async (name) => {
    await expect(gate()(client, name, undefined)).resolves.toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(reached).toEqual([]);
  });

  test.each([[undefined], [null], [7], [{}], [[]], [Symbol('app.status')]])(
    'attack: a name that is no text: %s',
    async (name) => {
      const result = await gate()(client, name as unknown as string, undefined);
      expect(result).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    },
  );
});

describe('input', () => {
  const wrongShapes = [null, 7, 'text', true, [], [{}], () => undefined, Symbol('x')];

  test.each(names)('attack: %s with input of a wrong shape', async (name) => {
    const call = gate();
    for (const wrong of wrongShapes) {
      await expect(call(client, name, wrong)).resolves.toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      });
    }
    expect(reached).toEqual([]);
    expect(reports).toEqual([]);
  });

  test('of a wrong shape is not even looked at before the role', async () => {
    await expect(gate({ person: null })(client, 'people.create', 7)).resolves.toMatchObject({
      error: { code: 'NOT_SIGNED_IN' },
    });
  });

  test('that is wrong is told field by field', async () => {
    const result = await gate()(client, 'people.create', {
      ...{ name: ' ', email: 'ada', password: 'short', role: 'KING' },
    });
    expect(result).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: 'Please say what to call you.',
        details: {
          fields: {
            name: 'Please say what to call you.',
            email: 'This does not look like an email address.',
            password: expect.stringContaining('10 characters'),
            role: expect.any(String),
          },
        },
      },
    });
  });

  test('reaches the handler parsed: trimmed, with defaults, without what was not declared', async () => {
    const call = gate();
    await call(client, 'accounts.rename', { name: '  Ada ', role: 'ADMIN' });
    await call(client, 'interviews.list', {});
    expect(reached.map(({ input }) => input)).toEqual([{ name: 'Ada' }, { sort: 'NEWEST', limit: 30 }]);
    expect(reached[0]?.person).toBe(admin);
  });

  test('attack: polluting prototypes', async () => {
    const input: unknown = JSON.parse('{"name": "Ada", "__proto__": {"role": "KING"}, "constructor": {}}');
    await gate()(client, 'accounts.rename', input);
    expect(reached[0]?.input).toEqual({ name: 'Ada' });
    expect(Object.hasOwn({}, 'role') || 'role' in {}).toBe(false);
  });
});

describe('what an operation needs', () => {
  test.each(names)('%s asks for what it declares, before anything else', async (name) => {
    const asked: string[] = [];
    const result = await gate({
      async require(needs) {
        asked.push(needs);
        throw new OperationFailure('DATABASE_UNAVAILABLE', 'The database is opening.');
      },
      personOf: () => Promise.reject(new Error('asked who is signed in, without a database')),
    })(client, name, inputs[name]);
    expect(asked).toEqual([operations[name].needs]);
    expect(result).toMatchObject({ error: { code: 'DATABASE_UNAVAILABLE' } });
    expect(reached).toEqual([]);
  });

  test('what needs nothing runs without asking the database who is there', async () => {
    const result = await gate({
      personOf: () => Promise.reject(new Error('asked')),
    })(client, 'accounts.signOut', undefined);
    expect(result).toEqual({ ok: true, value: undefined });
  });
});

describe('output', () => {
  test('is cut to what is declared', async () => {
    const person = { id, email, name: 'Ada', role: 'ADMIN', emailVerified: false };
    const answer = () => ({ ...person, passwordHash: '$2b$12$secret', sessions: [{ tokenHash: 'secret' }] });
    await expect(gate({ answer })(client, 'accounts.current', undefined)).resolves.toEqual({
      ok: true,
      value: person,
    });
  });

  test('of a wrong shape is a defect, and stays inside', async () => {
    const result = await gate({ answer: () => ({ id: 'secret' }) })(client, 'accounts.current', undefined);
    expect(result).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(reports).toHaveLength(1);
  });
});

describe('failures', () => {
  test('that are meant for the person come through as they are', async () => {
    const answer = () => {
      throw new OperationFailure('SLOW_DOWN', 'Wait a second.', { retryAfterMs: 1000 });
    };
    await expect(gate({ answer })(client, 'accounts.signOut', undefined)).resolves.toEqual({
      ok: false,
      error: { code: 'SLOW_DOWN', message: 'Wait a second.', details: { retryAfterMs: 1000 } },
    });
    expect(reports).toEqual([]);
  });

  test('that are nobody’s defect are explained', async () => {
    const lost = new Error('connection lost');
    const call = createGate({
      handlers: {} as Handlers,
      require: () => Promise.reject(lost),
      personOf: async () => null,
      explain: (error) => (error === lost ? new OperationFailure('DATABASE_UNAVAILABLE', 'Wait.') : null),
      report: (failure) => reports.push(failure),
    });
    await expect(call(client, 'app.status', undefined)).resolves.toEqual({
      ok: false,
      error: { code: 'DATABASE_UNAVAILABLE', message: 'Wait.' },
    });
    expect(reports).toEqual([]);
  });

  test.each([
    ['an error', new Error('SELECT secret FROM users')],
    ['an error with more on it', Object.assign(new Error('secret'), { parameters: ['secret'] })],
    ['a text', 'secret'],
    ['nothing', undefined],
  ])('attack: reading the inside of Parley from a defect that throws %s', async (_, thrown) => {
    const fail = () => {
      throw thrown;
    };
    const failing = [
      gate({ answer: fail }),
      gate({ require: async () => fail() }),
      gate({ personOf: async () => fail() }),
    ];
    for (const call of failing) {
      const result = await call(client, 'accounts.sessions', undefined);
      const report = reports.at(-1);
      expect(result).toEqual({
        ok: false,
        error: {
          code: 'INTERNAL',
          message: expect.stringContaining(report?.reference ?? 'no reference'),
          details: { reference: report?.reference },
        },
      });
      expect(JSON.stringify(result)).not.toMatch(/secret|gate\.test|node_modules| at /);
      expect(report).toMatchObject({ operation: 'accounts.sessions', error: thrown });
    }
    expect(new Set(reports.map(({ reference }) => reference)).size).toBe(failing.length);
  });
});
