import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk, usualKit } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('consent texts on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    ben = await app.addPerson('ADMIN');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const save = (name: string, version: number, body: string, person = ada) =>
    person.value('consentTexts.save', { name, version, body });

  test('a change is a new version, and what was agreed to stays as it was', async () => {
    const first = await save(' Recording ', 0, 'We record.');
    expect(first).toMatchObject({ name: 'Recording', version: 1, changedBy: { id: ada.id } });
    const candidate = await app.addPerson();
    const id = await addDeskInterview(
      database.dataSource,
      { candidateId: candidate.id, interviewerId: ada.id },
      { consentName: 'Recording' },
    );
    const second = await save('Recording', 1, 'We record, and keep it for a year.', ben);
    expect(second).toMatchObject({ version: 2, newestVersion: 2, changedBy: { id: ben.id } });
    expect(await ada.value('consentTexts.get', { name: 'Recording', version: 1 })).toMatchObject({
      ...{ body: 'We record.', newestVersion: 2 },
    });
    expect((await ada.value('desk.interview', { id })).consentText).toMatchObject({
      ...{ version: 1, body: 'We record.' },
    });
    const versions = await ada.value('consentTexts.versions', { name: 'Recording' });
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    // The same words again are no news.
    expect((await save('Recording', 2, 'We record, and keep it for a year.')).version).toBe(2);
  });

  test('whoever comes second is told, with the text as it is now', async () => {
    await save('Contested', 0, 'One.');
    const results = await Promise.all(
      [ada, ben].map((person) =>
        person.result('consentTexts.save', { name: 'Contested', version: 1, body: `By ${person.role}` }),
      ),
    );
    const lost = results.find(({ ok }) => !ok);
    const won = results.find(({ ok }) => ok);
    if (!won?.ok || !lost || lost.ok) throw new Error('One of two must win, and just one.');
    expect(lost.error).toMatchObject({ code: 'CONFLICT', details: { current: { body: won.value.body } } });
    expect(await ada.value('consentTexts.versions', { name: 'Contested' })).toHaveLength(2);
  });

  test('a name is one text’s only, whatever its case', async () => {
    await save('Unique', 0, 'One.');
    for (const name of ['Unique', 'uNIQUE']) {
      const error = await ada.error('consentTexts.save', { name, version: 0, body: 'Other.' });
      expect(error).toMatchObject({ code: 'CONFLICT', details: { current: { name: 'Unique' } } });
    }
  });

  test('a text that a kit names cannot be archived; another leaves the choice, and comes back', async () => {
    await save('Used', 0, 'One.');
    const kit = await ada.value('kits.create', {
      ...{ name: 'Uses it', definition: { ...usualKit, consentName: 'Used' } },
    });
    const row = async (archived = false) =>
      (await ben.value('consentTexts.list', { archived })).find(({ name }) => name === 'Used');
    expect(await row()).toMatchObject({ kits: 1, version: 1 });
    expect((await ada.error('consentTexts.archive', { name: 'Used' })).message).toMatch(/“Uses it”/);
    await ada.value('kits.archive', { id: kit.id });
    await ada.value('consentTexts.archive', { name: 'Used' });
    expect([await row(), await row(true)]).toMatchObject([undefined, { kits: 0 }]);
    const late = await ada.error('consentTexts.save', { name: 'Used', version: 1, body: 'Two.' });
    expect(late.message).toMatch(/archived/);
    await ada.value('consentTexts.restore', { name: 'Used' });
    expect((await save('Used', 1, 'Two.')).version).toBe(2);
    expect(await ada.value('consentTexts.list', {})).toContainEqual(
      expect.objectContaining({ name: 'Used', version: 2 }),
    );
  });

  test('what is not there, and what is empty, is said', async () => {
    for (const name of ['get', 'versions', 'archive', 'restore'] as const) {
      expect((await ada.error(`consentTexts.${name}`, { name: 'No such' })).code).toBe('NOT_FOUND');
    }
    expect((await ada.error('consentTexts.save', { name: 'X', version: 3, body: 'B' })).code).toBe(
      'NOT_FOUND',
    );
    expect((await ada.error('consentTexts.save', { name: 'X', version: 0, body: ' ' })).message).toMatch(
      /Write/,
    );
  });

  test('candidates reach none, in no version', async () => {
    const candidate = await app.addPerson();
    for (const [name, input] of [
      ['consentTexts.list', {}],
      ['consentTexts.get', { name: 'Recording' }],
      ['consentTexts.save', { name: 'Recording', version: 2, body: 'I am hired.' }],
    ] as const) {
      expect((await candidate.error(name, input)).code).toBe('FORBIDDEN');
    }
  });
});
