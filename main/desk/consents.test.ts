import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';

const mimeType = 'audio/webm;codecs=opus';

describe.each(testEngines)('what candidates agree to, on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let grace: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    grace = await app.addPerson('INTERVIEWER');
    candidate = await app.addPerson();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const plan = (kind: 'LIVE' | 'ONE_WAY', definition = {}) =>
    addDeskInterview(
      database.dataSource,
      { kind, candidateId: candidate.id, interviewerId: ada.id, panel: [grace.id] },
      definition,
    );
  const read = (id: string) => ada.value('desk.interview', { id });
  /** What somebody of the panel says the candidate said, having seen what there is. */
  async function note(id: string, decision: 'AGREED' | 'DECLINED', person = ada) {
    const { consentText, consent } = await read(id);
    const input = { id, consentTextId: consentText?.id ?? '', decision, seen: consent?.id ?? null };
    return person.result('desk.recordConsent', input);
  }
  const words = async (id: string) => (await read(id)).consents.map(({ decision }) => decision);

  async function liveWithTake() {
    const id = await plan('LIVE');
    await ada.value('live.start', { id });
    const questionId = (await read(id)).questions[0]?.id ?? '';
    expect((await note(id, 'AGREED')).ok).toBe(true);
    await ada.value('live.ask', { questionId, seen: null });
    return { id, questionId, takeId: await ada.speak(questionId) };
  }

  test('it can be asked before, and changed each way; all that was said is kept, with who and which version', async () => {
    const id = await plan('LIVE');
    for (const decision of ['DECLINED', 'AGREED', 'DECLINED', 'AGREED'] as const) {
      expect((await note(id, decision, decision === 'AGREED' ? ada : grace)).ok).toBe(true);
    }
    const { consent, consents } = await read(id);
    expect(consents.map(({ decision }) => decision)).toEqual(['AGREED', 'DECLINED', 'AGREED', 'DECLINED']);
    expect(consents.map(({ notedBy }) => notedBy?.id)).toEqual([ada.id, grace.id, ada.id, grace.id]);
    expect(consent).toEqual(consents[0]);
    expect(consent).toMatchObject({ name: 'Test', version: 1, byCandidate: false });
    await ada.value('live.start', { id });
    expect((await note(id, 'DECLINED')).ok).toBe(true);
  });

  test('taking it back ends what is being recorded and keeps it; agreeing again records again', async () => {
    const { id, questionId, takeId } = await liveWithTake();
    expect((await note(id, 'DECLINED')).ok).toBe(true);
    const late = { takeId, sequence: 10_000, bytes: new Uint8Array(1) };
    expect((await ada.result('recordings.append', late)).ok).toBe(false);
    expect((await ada.error('recordings.begin', { questionId, mimeType })).message).toMatch(/declined/);
    const [question] = (await read(id)).questions;
    expect(question?.answer?.takes).toMatchObject([{ id: takeId, number: 1, chosen: true }]);
    expect(question?.answer?.takes[0]?.state).not.toBe('RECORDING');
    expect((await note(id, 'AGREED')).ok).toBe(true);
    expect((await ada.value('recordings.begin', { questionId, mimeType })).takeId).not.toBe(takeId);
  });

  test('once it has ended an agreement can be taken back, and none be given', async () => {
    const { id } = await liveWithTake();
    await ada.value('live.end', { id });
    expect((await note(id, 'DECLINED')).ok).toBe(true);
    expect(await note(id, 'AGREED')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(await words(id)).toEqual(['DECLINED', 'AGREED']);
  });

  test('in a one-way interview the panel notes only that it is taken back; the candidate does so after submitting too', async () => {
    const id = await plan('ONE_WAY');
    expect((await note(id, 'AGREED')).ok).toBe(false);
    const { consentText, questions } = await read(id);
    const consent = { consentTextId: consentText?.id ?? '', decision: 'AGREED' } as const;
    await candidate.value('oneWay.begin', { id, consent });
    expect((await read(id)).consent).toMatchObject({ byCandidate: true, notedBy: null });
    expect((await note(id, 'DECLINED')).ok).toBe(true);
    expect((await note(id, 'AGREED')).ok).toBe(false);
    await candidate.value('oneWay.recordConsent', { id, ...consent });
    for (const { id: questionId } of questions) {
      await candidate.value('oneWay.ask', { questionId });
      await candidate.value('oneWay.skip', { questionId });
    }
    await candidate.value('oneWay.submit', { id });
    await candidate.value('oneWay.recordConsent', { id, ...consent, decision: 'DECLINED' });
    expect((await candidate.error('oneWay.recordConsent', { id, ...consent })).code).toBe('CONFLICT');
    expect(await words(id)).toEqual(['DECLINED', 'AGREED', 'DECLINED', 'AGREED']);
  });

  test('of two who note different things at once one is told, with what there is now', async () => {
    const id = await plan('LIVE');
    const { consentText } = await read(id);
    const input = { id, consentTextId: consentText?.id ?? '', seen: null };
    const results = await allAtOnce(
      ...([database, engine] as const),
      { statement: 'SELECT FROM interviews WHERE id = $1 FOR UPDATE', parameters: [id] },
      (['AGREED', 'DECLINED'] as const).map(
        (decision, index) => () =>
          (index === 0 ? ada : grace).result('desk.recordConsent', { ...input, decision }),
      ),
    );
    const said = await words(id);
    expect(said).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      error: { code: 'CONFLICT', details: { current: { decision: said[0] } } },
    });
    // What is said already is not said twice.
    expect((await grace.result('desk.recordConsent', { ...input, decision: said[0] })).ok).toBe(true);
    expect(await words(id)).toHaveLength(1);
  });

  test('a text that was not shown counts for nothing, nor does any where nothing is recorded', async () => {
    const id = await plan('LIVE');
    const other = { id, consentTextId: v7(), decision: 'AGREED', seen: null };
    expect((await ada.error('desk.recordConsent', other)).message).toMatch(/read it again/);
    const without = await plan('LIVE', { consentName: null });
    expect((await ada.error('desk.recordConsent', { ...other, id: without })).message).toMatch(
      /without recording/,
    );
  });

  test('the database itself refuses to change what was said', async () => {
    const id = await plan('LIVE');
    await note(id, 'AGREED');
    await expect(
      database.dataSource.query(`UPDATE consents SET decision = 'DECLINED' WHERE interview_id = $1`, [id]),
    ).rejects.toThrow(/cannot be changed/);
  });

  test('recordings are deleted for good once it is taken back, and not before', async () => {
    const { id, takeId } = await liveWithTake();
    await ada.value('recordings.finish', { takeId });
    await expect.poll(async () => (await read(id)).questions[0]?.answer?.takes[0]?.state).toBe('FINISHED');
    expect((await ada.error('desk.eraseRecordings', { id })).message).toMatch(/agrees/);
    await note(id, 'DECLINED');
    const stranger = await app.addPerson('ADMIN');
    expect((await stranger.error('desk.eraseRecordings', { id })).code).toBe('NOT_FOUND');
    expect(await app.filesOf(id)).not.toEqual([]);
    expect(await ada.value('desk.eraseRecordings', { id })).toEqual({ erased: 1 });
    expect(await app.filesOf(id)).toEqual([]);
    const [question] = (await read(id)).questions;
    expect(question?.answer).toMatchObject({ takes: [], discarded: [], audioUrl: null });
    expect((await ada.error('recordings.peaks', { takeId })).code).toBe('NOT_FOUND');
    await database.dataSource.query('UPDATE takes SET recovered = true WHERE id = $1', [takeId]);
    expect((await ada.error('live.restoreTake', { takeId })).message).toMatch(/for good/);
    expect(await ada.value('desk.eraseRecordings', { id })).toEqual({ erased: 0 });
  });
});
