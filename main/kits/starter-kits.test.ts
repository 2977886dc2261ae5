import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';
import { installStarterKits } from './install-starter-kits.ts';
import { starterKits } from './starter/kits.ts';

describe.each(testEngines)('the kits that come with Parley, on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  beforeEach(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });
  const list = async () => (await ada.value('kits.list', {})).rows;

  test('can be used at once: nothing stands in the way of an interview of any', async () => {
    await installStarterKits(database.dataSource);
    const kits = await list();
    expect(kits.map(({ name }) => name).sort()).toEqual(starterKits.map(({ name }) => name).sort());
    const candidate = await app.addPerson();
    for (const { id, questionCount } of kits) {
      const { definition } = await ada.value('kits.get', { id });
      expect((await ada.value('kits.preview', { definition })).problems).toEqual([]);
      const wish = { candidateId: candidate.id, interviewerId: ada.id, kitId: id };
      const interview = await ada.value('desk.interview', {
        id: await addDeskInterview(database.dataSource, wish),
      });
      expect(interview.questions).toHaveLength(questionCount);
      expect(interview.consentText).toMatchObject({ name: 'Recording', version: 1 });
    }
  });

  test('say what their names promise: how long they take', async () => {
    await installStarterKits(database.dataSource);
    for (const { name, plannedMs } of await list()) {
      const promised = Number(/(\d+) minutes/.exec(name)?.[1]) * 60_000;
      expect(plannedMs).toBeGreaterThan(promised * 0.75);
      expect(plannedMs).toBeLessThanOrEqual(promised);
    }
  });

  test('come once: what was archived or renamed since stays so, and a text of a team’s own is kept', async () => {
    await insertRow(database.dataSource, 'consent_texts', { name: 'Recording', version: 1, body: 'Ours.' });
    await installStarterKits(database.dataSource);
    const [one, other] = await list();
    if (!one || !other) throw new Error('There are two starter kits.');
    await ada.value('kits.archive', { id: one.id });
    const { definition } = await ada.value('kits.get', { id: other.id });
    await ada.value('kits.update', { id: other.id, version: 1, name: 'Renamed', definition });
    await installStarterKits(database.dataSource);
    expect((await list()).map(({ name }) => name)).toEqual(['Renamed']);
    expect((await ada.value('consentTexts.get', { name: 'Recording' })).body).toBe('Ours.');
  });

  test('come once though two processes install at the same time', async () => {
    await allAtOnce(
      database,
      engine,
      { statement: 'LOCK TABLE settings' },
      [1, 2, 3].map(() => () => installStarterKits(database.dataSource)),
    );
    expect(await list()).toHaveLength(starterKits.length);
  });
});
