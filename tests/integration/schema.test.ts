import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InterviewStatus, interviewStatuses, mayMove } from '../../shared/model/interview.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../fixtures/databases.ts';
import {
  insertAnswer,
  insertInterview,
  insertLibraryQuestion,
  insertQuestion,
  insertRow,
  insertTake,
  insertUser,
} from '../fixtures/rows.ts';

const unique = '23505';
const check = '23514';
const missing = '23503';
const notNull = '23502';
const badValue = '22P02';

const someTime = '2026-01-01T00:00:00Z';

describe.each(testEngines)('what the schema holds true: %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(() => database.dataSource.query('TRUNCATE users, library_questions CASCADE'));

  /** One of each, from a person down to a take. */
  async function chain() {
    const { dataSource } = database;
    const user = await insertUser(dataSource);
    const interview = await insertInterview(dataSource, { user_id: user });
    const library = await insertLibraryQuestion(dataSource);
    const question = await insertQuestion(dataSource, {
      interview_id: interview,
      library_question_id: library,
    });
    const answer = await insertAnswer(dataSource, { question_id: question });
    const take = await insertTake(dataSource, { answer_id: answer });
    return { user, interview, library, question, answer, take };
  }

  async function counts(): Promise<Record<string, number>> {
    const tables = ['users', 'sessions', 'interviews', 'questions', 'answers', 'takes', 'library_questions'];
    const columns = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
    const [row]: Record<string, number>[] = await database.dataSource.query(`SELECT ${columns.join(', ')}`);
    return row ?? {};
  }

  function refused(insert: Promise<unknown>, code: string, constraint?: string): Promise<void> {
    return expect(insert).rejects.toMatchObject({
      driverError: { code, ...(constraint ? { constraint } : {}) },
    });
  }

  test('one account an address, whatever its case', async () => {
    await insertUser(database.dataSource, { email: 'Ada@Example.org' });
    for (const email of ['ada@example.org', 'ADA@EXAMPLE.ORG', 'Ada@Example.org']) {
      await refused(insertUser(database.dataSource, { email }), unique, 'users_email_key');
    }
    await insertUser(database.dataSource, { email: 'ada@example.com' });
  });

  test('one answer a question, one number a take, one chosen take an answer, one position a question', async () => {
    const { interview, question, answer } = await chain();
    const { dataSource } = database;
    await refused(insertAnswer(dataSource, { question_id: question }), unique, 'answers_question_id_key');
    await refused(insertTake(dataSource, { answer_id: answer }), unique, 'takes_answer_id_number_key');
    await insertTake(dataSource, { answer_id: answer, number: 2, chosen: true });
    const third = { answer_id: answer, number: 3, chosen: true };
    await refused(insertTake(dataSource, third), unique, 'takes_answer_id_chosen_key');
    await insertTake(dataSource, { ...third, chosen: false });
    const again = { interview_id: interview };
    await refused(insertQuestion(dataSource, again), unique, 'questions_interview_id_position_key');
  });

  test('one library question a slug, and any number without', async () => {
    const { dataSource } = database;
    await insertLibraryQuestion(dataSource, { slug: 'a' });
    await refused(insertLibraryQuestion(dataSource, { slug: 'a' }), unique, 'library_questions_slug_key');
    await insertLibraryQuestion(dataSource);
    await insertLibraryQuestion(dataSource);
  });

  test('with a person goes all that is theirs, and nothing else', async () => {
    const { user } = await chain();
    await chain();
    await insertRow(database.dataSource, 'sessions', {
      ...{ user_id: user, token_hash: 'a'.repeat(64), label: 'here', remembered: true },
      ...{ last_used_at: someTime, expires_at: someTime },
    });
    await database.dataSource.query('DELETE FROM users WHERE id = $1', [user]);
    expect(await counts()).toEqual({
      ...{ users: 1, sessions: 0, interviews: 1, questions: 1, answers: 1, takes: 1 },
      library_questions: 2,
    });
  });

  test.each([
    ['interviews', 'interview', { questions: 0, answers: 0, takes: 0 }],
    ['questions', 'question', { interviews: 1, questions: 0, answers: 0, takes: 0 }],
    ['answers', 'answer', { questions: 1, answers: 0, takes: 0 }],
    ['takes', 'take', { answers: 1, takes: 0 }],
  ] as const)('deleting from %s takes what hangs on it', async (table, key, left) => {
    const ids = await chain();
    await database.dataSource.query(`DELETE FROM ${table} WHERE id = $1`, [ids[key]]);
    expect(await counts()).toMatchObject({ users: 1, ...left, library_questions: 1 });
  });

  test('a question outlives the library question that it was drawn from', async () => {
    const { library, question } = await chain();
    await database.dataSource.query('DELETE FROM library_questions WHERE id = $1', [library]);
    expect(
      await database.dataSource.query('SELECT library_question_id FROM questions WHERE id = $1', [question]),
    ).toEqual([{ library_question_id: null }]);
  });

  test('nothing hangs on what is not there', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    const { dataSource } = database;
    await refused(insertInterview(dataSource, { user_id: nobody }), missing, 'interviews_user_id_fkey');
    await refused(
      insertQuestion(dataSource, { interview_id: nobody }),
      missing,
      'questions_interview_id_fkey',
    );
    await refused(insertAnswer(dataSource, { question_id: nobody }), missing, 'answers_question_id_fkey');
    await refused(insertTake(dataSource, { answer_id: nobody }), missing, 'takes_answer_id_fkey');
  });

  test.each([
    ['users', 'role', 'OWNER'],
    ['users', 'state', 'GONE'],
    ['interviews', 'kind', 'HOMEWORK'],
    ['interviews', 'status', 'DONE'],
    ['interviews', 'difficulty', 'EASY'],
    ['questions', 'difficulty', 'JUNIOR'],
    ['library_questions', 'difficulty', 'easy'],
    ['takes', 'state', 'PAUSED'],
  ])('%s.%s is not %s', async (table, column, value) => {
    await chain();
    await refused(database.dataSource.query(`UPDATE ${table} SET ${column} = '${value}'`), badValue);
  });

  test.each([
    ['interviews', 'score = 100.01', 'interviews_score_check'],
    ['interviews', 'score = -1', 'interviews_score_check'],
    ['interviews', `started_at = '${someTime}'`, 'interviews_started_check'],
    ['interviews', `ended_at = '${someTime}'`, 'interviews_ended_check'],
    ['interviews', "status = 'IN_PROGRESS'", 'interviews_started_check'],
    ['interviews', "status = 'ABANDONED'", 'interviews_ended_check'],
    ['questions', 'think_time_ms = -1', 'questions_limits_check'],
    ['questions', 'answer_time_ms = 0', 'questions_limits_check'],
    ['questions', 'takes_allowed = 0', 'questions_limits_check'],
    ['questions', `levels = '["1"]'`, 'questions_levels_check'],
    ['library_questions', `levels = '{}'`, 'library_questions_levels_check'],
    ['answers', 'score = 101', 'answers_score_check'],
    ['answers', 'level = 0', 'answers_level_check'],
    ['answers', 'level = 6', 'answers_level_check'],
    ['takes', 'number = 0', 'takes_number_check'],
    ['takes', "state = 'FINISHED'", 'takes_finished_check'],
  ])('%s refuses %s', async (table, change, constraint) => {
    await chain();
    await refused(database.dataSource.query(`UPDATE ${table} SET ${change}`), check, constraint);
  });

  test.each([
    ['users', 'email'],
    // Somebody who was invited has no password yet, but always a name and a role.
    ['users', 'name'],
    ['users', 'role'],
    ['users', 'email_verified'],
    ['interviews', 'user_id'],
    ['interviews', 'status'],
    ['questions', 'content'],
    ['answers', 'question_id'],
    ['answers', 'transcript'],
    ['takes', 'answer_id'],
  ])('%s.%s is never without a value', async (table, column) => {
    await chain();
    await refused(database.dataSource.query(`UPDATE ${table} SET ${column} = NULL`), notNull);
  });

  /** Columns that an interview of a status has, besides the status. */
  function times(status: InterviewStatus) {
    const started = status === 'PENDING' ? null : someTime;
    const ended = status === 'COMPLETED' || status === 'ABANDONED' ? someTime : null;
    return { started_at: started, ended_at: ended };
  }
  const pairs = interviewStatuses.flatMap((from) => interviewStatuses.map((to) => [from, to] as const));

  test.each(pairs)('an interview goes from %s to %s where the model says so', async (from, to) => {
    const { dataSource } = database;
    const user = await insertUser(dataSource);
    const id = await insertInterview(dataSource, { user_id: user, status: from, ...times(from) });
    const { started_at, ended_at } = times(to);
    const move = dataSource.query(
      'UPDATE interviews SET status = $2, started_at = $3, ended_at = $4 WHERE id = $1',
      [id, to, started_at, ended_at],
    );
    if (from === to || mayMove(from, to)) await move;
    else await refused(move, check, 'interviews_status_transition');
    const [row]: { status: string }[] = await dataSource.query(
      'SELECT status FROM interviews WHERE id = $1',
      [id],
    );
    expect(row?.status).toBe(mayMove(from, to) ? to : from);
  });

  test('every foreign key has an index that begins with it', async () => {
    const bare = await database.dataSource.query(`
      SELECT c.conrelid::regclass::text AS "table", c.conname AS "key"
        FROM pg_constraint c
       WHERE c.contype = 'f' AND NOT EXISTS (
         SELECT FROM pg_index i
          WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL)`);
    expect(bare).toEqual([]);
  });

  test('the seed’s columns and indexes are there under their names', async () => {
    const columns: { name: string }[] = await database.dataSource.query(`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema()`);
    expect(columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['users.id', 'users.email', 'users.password_hash', 'users.email_verified'],
        ...['interviews.id', 'interviews.user_id', 'interviews.status', 'interviews.difficulty'],
        ...['interviews.started_at', 'questions.id', 'questions.interview_id', 'questions.content'],
        ...['questions.difficulty', 'answers.id', 'answers.question_id', 'answers.transcript'],
        ...['answers.score', 'answers.audio_url'],
      ]),
    );
    const indexes: { name: string }[] = await database.dataSource.query(
      'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()',
    );
    expect(indexes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['users_email_key', 'interviews_started_at_idx', 'answers_score_idx']),
    );
  });
});
