import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Saving } from '../../shared/contract/personal-data.ts';
import { type ArchiveData, readArchive } from '../../tests/fixtures/archives.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview } from '../../tests/fixtures/desk.ts';
import {
  addTake,
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
} from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';
import { createErasure } from '../erasure/erasure.ts';
import { createOneWay } from '../one-way/one-way.ts';
import { createPersonalData, type PersonalData } from './personal-data.ts';

describe.each(testEngines)('the archive of a person on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let feature: PersonalData;
  let admin: TestPerson;
  let folder: string;
  let target: string | null;
  let asked: string[] = [];
  const places = { folder: '', require: async () => undefined };
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    const { paths } = database;
    folder = join(paths.folder, 'chosen');
    mkdirSync(folder);
    app = await startInterviews(database, engine, paths.recordings, (parts) => {
      feature = createPersonalData({
        ...{ ...parts, place: places, paths, version: '1.2.3' },
        desktop: {
          chooseTarget: async (fileName) => {
            asked.push(fileName);
            return target;
          },
          openFolder: async () => undefined,
        },
      });
      return {
        ...feature.handlers,
        ...createOneWay(parts).handlers,
        ...createErasure({
          ...{ database: parts.database, log: parts.log, endSessions: () => undefined },
          backupsHolding: async () => [],
          purge: () => app.interviews.purgeDeleted(),
        }).handlers,
      };
    });
    admin = await app.addPerson('ADMIN');
  });
  beforeEach(() => {
    places.folder = database.paths.recordings;
    asked = [];
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    target = join(folder, 'data.zip');
  });
  afterAll(async () => {
    await feature.close();
    await app.close();
    await database.close();
  });

  const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
    database.dataSource.query<T[]>(sql, parameters);

  async function ended(person: TestPerson): Promise<Saving> {
    let saving: Saving | null = null;
    await expect
      .poll(
        async () => {
          saving = await person.value('personalData.saving', undefined);
          return saving?.endedAt ?? null;
        },
        { timeout: 20_000 },
      )
      .not.toBeNull();
    if (!saving) throw new Error('Nothing was begun.');
    return saving;
  }
  async function saved(person: TestPerson, id = person.id) {
    const { begun } = await (id === person.id
      ? person.value('personalData.saveOwn', undefined)
      : person.value('personalData.save', { id }));
    expect(begun).toBe(true);
    const saving = await ended(person);
    expect(saving).toMatchObject({ state: 'DONE', message: null });
    return { saving, archive: await readArchive(join(folder, 'data.zip')) };
  }
  async function answered(person: TestPerson) {
    const practice = await beginPractice(person);
    const takeId = await person.speak(practice.first);
    await person.value('recordings.finish', { takeId });
    await expect
      .poll(() => query('SELECT state FROM takes WHERE id = $1', [takeId]))
      .toEqual([{ state: 'FINISHED' }]);
    return { ...practice, takeId, file: join(database.paths.recordings, practice.id, `${takeId}.webm`) };
  }
  const idsIn = (data: ArchiveData, table: string) => (data.tables[table] ?? []).map((row) => row.id);

  test('holds exactly what is theirs, and the recordings byte by byte', async () => {
    const person = await app.addPerson();
    const other = await app.addPerson();
    const own = await answered(person);
    const foreign = await answered(other);
    await person.value('answers.saveTranscript', { questionId: own.first, transcript: 'A & B' });
    const live = await addDeskInterview(database.dataSource, {
      candidateId: person.id,
      interviewerId: admin.id,
    });
    const [liveQuestion] = await query<{ id: string; content: string }>(
      'SELECT id, content FROM questions WHERE interview_id = $1 ORDER BY position',
      [live],
    );
    await query(`UPDATE questions SET asked_at = now() WHERE id = $1`, [liveQuestion?.id]);
    await insertRow(database.dataSource, 'notes', {
      ...{ interview_id: live, author_id: admin.id, body: 'Private words', noted_at: new Date() },
    });
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: live, interviewer_id: admin.id, takeaways: 'Hidden words' },
    });

    for (const asker of [person, admin]) {
      const { archive, saving } = await saved(asker, person.id);
      const { data, page, names } = archive;
      expect(saving.file).toMatchObject({ name: 'data.zip', recordings: 1, lacking: [] });
      expect(data).toMatchObject({
        ...{ format: 'parley-personal-data', version: 1, person: { id: person.id, name: 'Test' } },
        madeBy: asker === person ? 'THE_PERSON' : 'AN_ADMIN',
      });
      expect(idsIn(data, 'users')).toEqual([person.id]);
      expect(idsIn(data, 'interviews').sort()).toEqual([own.id, live].sort());
      const mine = await query<{ id: string }>('SELECT id FROM questions WHERE interview_id = $1', [own.id]);
      expect(idsIn(data, 'questions').sort()).toEqual([...mine.map(({ id }) => id), liveQuestion?.id].sort());
      expect(idsIn(data, 'takes')).toEqual([own.takeId]);
      expect(data.tables.answers).toMatchObject([{ transcript: 'A & B' }]);

      // Neither anything of another person, nor what others think of them, nor a secret.
      const everything = JSON.stringify(data) + page;
      for (const secret of [
        other.id,
        foreign.id,
        foreign.first,
        foreign.takeId,
        'Private words',
        'Hidden words',
      ]) {
        expect(everything).not.toContain(secret);
      }
      expect(everything).not.toMatch(/passwordHash|tokenHash|rubric"/);
      const asLive = data.tables.questions?.find(({ id }) => id === liveQuestion?.id);
      expect(asLive).toMatchObject({ content: liveQuestion?.content, levels: null, competency: null });

      const [recording] = data.recordings;
      expect(recording).toMatchObject({ takeId: own.takeId, state: 'WHOLE' });
      expect(names).toEqual([recording?.file?.path, 'data.json', 'index.html']);
      expect(Buffer.from(await archive.bytesOf(recording?.file?.path ?? ''))).toEqual(readFileSync(own.file));
      expect(page).toContain('A &amp; B');
      rmSync(join(folder, 'data.zip'));
    }
    expect(readdirSync(folder)).toEqual([]);
    const entries = await query(
      `SELECT action, actor_id FROM audit_entries WHERE subject_id = $1 ORDER BY created_at, id`,
      [person.id],
    );
    expect(entries).toEqual([
      { action: 'personalData.saveOwn', actor_id: person.id },
      { action: 'personalData.save', actor_id: admin.id },
    ]);
  });

  test('attack: a candidate does not read beforehand what they will be asked', async () => {
    const person = await app.addPerson();
    const wish = { candidateId: person.id, interviewerId: admin.id, kind: 'ONE_WAY' } as const;
    const id = await addDeskInterview(database.dataSource, wish);
    const { archive } = await saved(person);
    expect(idsIn(archive.data, 'interviews')).toEqual([id]);
    expect(archive.data.tables.questions).toEqual([]);
    for (const { content } of await query<{ content: string }>(
      'SELECT content FROM questions WHERE interview_id = $1',
      [id],
    )) {
      expect(archive.page).not.toContain(content.slice(0, 30));
    }
  });

  test('holds what they wrote about others only when they ask themselves, while they are on the panel', async () => {
    const interviewer = await app.addPerson('INTERVIEWER');
    const candidate = await app.addPerson();
    const live = await addDeskInterview(database.dataSource, {
      ...{ candidateId: candidate.id, interviewerId: interviewer.id },
    });
    const note = await insertRow(database.dataSource, 'notes', {
      ...{ interview_id: live, author_id: interviewer.id, body: 'My words', noted_at: new Date() },
    });
    const scorecard = await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: live, interviewer_id: interviewer.id, private_notes: 'For me alone' },
    });
    await insertRow(database.dataSource, 'ratings', {
      ...{ scorecard_id: scorecard, competency: 'testing', level: 4, evidence: 'Said it' },
    });
    const { data, page } = (await saved(interviewer)).archive;
    expect([idsIn(data, 'notes'), idsIn(data, 'scorecards')]).toEqual([[note], [scorecard]]);
    expect(data.tables.ratings).toMatchObject([{ competency: 'testing', level: 4 }]);
    expect(page).toContain('For me alone');
    expect(JSON.stringify(data)).not.toContain(candidate.id);

    const byAdmin = (await saved(admin, interviewer.id)).archive;
    for (const table of ['notes', 'scorecards', 'ratings', 'scorecard_events']) {
      expect(byAdmin.data.tables[table]).toBeUndefined();
    }
    expect(byAdmin.page).not.toContain('For me alone');

    await query('DELETE FROM panel_members WHERE user_id = $1', [interviewer.id]);
    expect(idsIn((await saved(interviewer)).archive.data, 'notes')).toEqual([]);
  });

  test('says which recordings are missing or damaged, and brings the rest', async () => {
    const person = await app.addPerson();
    const whole = await answered(person);
    const missing = await addTake(database.dataSource, whole.questions[1]?.id ?? '');
    const changed = await addTake(database.dataSource, whole.questions[2]?.id ?? '');
    const place = (takeId: string, end: string) =>
      join(database.paths.recordings, whole.id, `${takeId}.webm${end}`);
    writeFileSync(place(changed, ''), 'not what it was');
    writeFileSync(place(whole.takeId, '.damaged'), 'as it came');
    const { archive, saving } = await saved(admin, person.id);
    expect(saving.file?.recordings).toBe(2);
    expect(saving.file?.lacking).toEqual([
      expect.stringMatching(/question 2, take 1: its file is not on the machine/),
      expect.stringMatching(/question 3, take 1: damaged/),
    ]);
    const states = new Map(archive.data.recordings.map((recording) => [recording.takeId, recording]));
    expect(states.get(missing)).toMatchObject({ state: 'MISSING', file: null });
    expect(states.get(changed)).toMatchObject({ state: 'DAMAGED', file: { bytes: 15 } });
    expect(states.get(whole.takeId)).toMatchObject({ state: 'WHOLE' });
    const original = states.get(whole.takeId)?.damagedOriginal?.path ?? '';
    expect(Buffer.from(await archive.bytesOf(original)).toString()).toBe('as it came');
    expect(archive.page).toContain('Recordings that are not whole');
  });

  test('says of what went by a retention rule that and when it went, and takes it for nothing missing', async () => {
    const person = await app.addPerson();
    const { id, takeId } = await answered(person);
    await query('UPDATE takes SET removed_at = now() WHERE id = $1', [takeId]);
    await query(
      `UPDATE answers SET transcript = '', transcript_removed_at = now()
       WHERE question_id IN (SELECT id FROM questions WHERE interview_id = $1)`,
      [id],
    );
    const { archive, saving } = await saved(admin, person.id);
    expect(saving.file?.lacking).toEqual([]);
    expect(archive.data.recordings).toEqual([]);
    expect(archive.data.tables.takes).toMatchObject([{ id: takeId, removedAt: expect.any(String) }]);
    expect(archive.page).toContain('by the rules for how long things are kept');
    expect(archive.page).toContain('The text was removed');
  });

  test('has no recording that a rule removed, or that was deleted for good, though its file is still there', async () => {
    const person = await app.addPerson();
    const removed = await answered(person);
    await query('UPDATE takes SET removed_at = now() WHERE id = $1', [removed.takeId]);
    await person.value('interviews.complete', { id: removed.id });
    const erased = await answered(person);
    await query(`UPDATE takes SET chosen = false, discarded_at = now(), erased_at = now() WHERE id = $1`, [
      erased.takeId,
    ]);
    const { archive, saving } = await saved(person);
    expect(archive.names).toEqual(['data.json', 'index.html']);
    expect(saving.file).toMatchObject({ recordings: 0, lacking: [] });
    expect(archive.page).toMatch(/Removed .*, by the rules for how long things are kept/);
  });

  test('attack: words of people lead neither out of the archive nor into its page', async () => {
    const person = await app.addPerson();
    const { id, questions } = await answered(person);
    const hostile = [
      '../../../etc/passwd',
      'CON',
      `${'漢'.repeat(300)}`,
      '\u202Egpj.exe',
      'a/b\\c:*?"<>|',
      '. .',
    ];
    await query('UPDATE users SET name = $2 WHERE id = $1', [person.id, '<script>alert(1)</script>']);
    await query('UPDATE interviews SET title = $2 WHERE id = $1', [id, '..\\..\\evil" onerror="alert(1)']);
    for (const [index, { id: questionId }] of questions.entries()) {
      await query('UPDATE questions SET content = $2 WHERE id = $1', [questionId, hostile[index]]);
    }
    for (const text of hostile) {
      await query('UPDATE questions SET content = $2 WHERE id = $1', [questions[0]?.id, text]);
      const { archive } = await saved(person);
      for (const name of archive.names.filter((name) => name.startsWith('recordings/'))) {
        expect(name).toMatch(/^recordings\/\d{4}-\d\d-\d\d [^/]+\/\d+ [^/]+\.webm$/);
        expect(name).not.toMatch(/\.\.\/|[\\:*?"<>|\u202E]|[ .]\//);
        expect(Math.max(...name.split('/').map((part) => Buffer.byteLength(part)))).toBeLessThan(256);
      }
      expect(archive.page).not.toMatch(/<script|onerror="/i);
      expect(archive.page).toContain('&lt;script&gt;');
    }
    expect(asked[0]).toMatch(/^Parley, script alert\(1\) script \d{4}-\d\d-\d\d\.zip$/);
  });

  test('leaves nothing behind that looks whole: stopped, without room to write, killed', async () => {
    const person = await app.addPerson();
    await answered(person);
    // Stopped.
    await person.value('personalData.saveOwn', undefined);
    await person.value('personalData.stop', undefined);
    const { state } = await ended(person);
    expect(readdirSync(folder)).toEqual(state === 'STOPPED' ? [] : ['data.zip']);
    rmSync(join(folder, 'data.zip'), { force: true });
    // The place is gone: a disk that was unplugged.
    target = join(folder, 'away', 'data.zip');
    await person.value('personalData.saveOwn', undefined);
    expect(await ended(person)).toMatchObject({ state: 'FAILED', message: expect.any(String) });
    expect(existsSync(target)).toBe(false);
    // Killed: the draft is not called .zip, and the next start removes it, and nothing else that is noted.
    const draft = join(folder, 'data.zip.1.parley-unfinished');
    const precious = join(folder, 'precious.txt');
    for (const file of [draft, precious]) writeFileSync(file, 'x');
    writeFileSync(
      database.paths.settings,
      JSON.stringify({ kept: 1, unfinishedArchives: [draft, precious] }),
    );
    await feature.start();
    expect([existsSync(draft), existsSync(precious)]).toEqual([false, true]);
    expect(JSON.parse(readFileSync(database.paths.settings, 'utf8'))).toEqual({ kept: 1 });
  });

  test('is not begun where the person thinks better of it, nor a second time at once', async () => {
    const person = await app.addPerson();
    target = null;
    expect(await person.value('personalData.saveOwn', undefined)).toEqual({ begun: false });
    expect(await query('SELECT id FROM audit_entries WHERE actor_id = $1', [person.id])).toEqual([]);
    expect(await person.value('personalData.saving', undefined)).toBeNull();
    target = join(folder, 'data.zip');
    const both = await Promise.all([1, 2].map(() => person.result('personalData.saveOwn', undefined)));
    expect(both.map((each) => (each.ok ? 'begun' : each.error.code)).sort()).toEqual(['CONFLICT', 'begun']);
    expect(await ended(person)).toMatchObject({ state: 'DONE' });
  });

  test('is not there of whoever is erased while it is written', async () => {
    const person = await app.addPerson();
    await answered(person);
    await admin.value('personalData.save', { id: person.id });
    await admin.value('erasure.erase', { id: person.id, name: 'Test' });
    const saving = await ended(admin);
    // Whichever was first: a whole file of before, or none.
    expect(existsSync(join(folder, 'data.zip'))).toBe(saving.state === 'DONE');
    expect((await admin.error('personalData.save', { id: person.id })).code).toBe('NOT_FOUND');
  });

  test.each(['CANDIDATE', 'INTERVIEWER'] as const)('attack: of somebody else by a %s', async (role) => {
    const somebody = await app.addPerson(role);
    const victim = await app.addPerson();
    expect((await somebody.error('personalData.save', { id: victim.id })).code).toBe('FORBIDDEN');
    // Demoted on another machine, and not noticed yet.
    const former = await app.addPerson('ADMIN');
    await query(`UPDATE users SET role = $2 WHERE id = $1`, [former.id, role]);
    expect((await former.error('personalData.save', { id: victim.id })).code).toBe('FORBIDDEN');
    expect(readdirSync(folder)).toEqual([]);
    expect(await somebody.value('personalData.saving', undefined)).toBeNull();
  });
});
