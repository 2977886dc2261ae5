import type { DataSource, EntityManager } from 'typeorm';
import type { Note } from '../../shared/contract/notes.ts';
import { Note as NoteEntity, Question } from '../database/entities/index.ts';
import { isRevealed } from '../desk/read-desk-interview.ts';
import type { EventHub } from '../events.ts';
import { holdForChange, ownInterview } from '../interviews/own-interview.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** What interviewers jot down at a moment of an interview. Others read it once they have judged for themselves. */
export function createNotes({
  database,
  events,
}: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
}): { handlers: HandlersOf<'notes'> } {
  const changed = (interviewId: string, person: SignedInPerson) =>
    events.publish('desk.changed', { interviewId }, { personId: person.id });

  return {
    handlers: {
      async 'notes.list'({ input: { interviewId }, person }) {
        const { manager } = database.dataSource;
        await ownInterview(manager, person, { interviewId }, 'panel');
        return listNotes(manager, person, interviewId);
      },

      async 'notes.add'({ input, person }) {
        const { id, interviewId, questionId, atMs, notedAt, body } = input;
        await database.dataSource.transaction(async (manager) => {
          await holdForChange(manager, person, { interviewId }, 'panel');
          if (questionId && !(await manager.existsBy(Question, { id: questionId, interviewId }))) {
            throw new OperationFailure('NOT_FOUND', 'This question is not in this interview.');
          }
          const takeId = questionId && atMs !== null ? await takeThen(manager, questionId, notedAt) : null;
          // Sent again, because the answer was lost on its way: it is there already.
          await manager
            .createQueryBuilder()
            .insert()
            .into(NoteEntity)
            .values({
              ...{ id, interviewId, authorId: person.id, questionId, takeId, body },
              ...{ atMs: takeId ? atMs : null, notedAt: new Date(notedAt) },
            })
            .orIgnore()
            .execute();
        });
        changed(interviewId, person);
      },

      async 'notes.change'({ input: { id, seen, body }, person }) {
        const interviewId = await database.dataSource.transaction(async (manager) => {
          const note = await holdOwnNote(manager, person, id);
          if (note.updatedAt.toISOString() !== new Date(seen).toISOString()) {
            throw new OperationFailure('CONFLICT', 'This note was changed in another window.', {
              body: note.body,
              updatedAt: note.updatedAt.toISOString(),
            });
          }
          await manager.update(NoteEntity, { id }, { body });
          return note.interviewId;
        });
        changed(interviewId, person);
      },

      async 'notes.remove'({ input: { id }, person }) {
        const interviewId = await database.dataSource.transaction(async (manager) => {
          const note = await holdOwnNote(manager, person, id);
          await manager.delete(NoteEntity, { id });
          return note.interviewId;
        });
        changed(interviewId, person);
      },
    },
  };
}

async function listNotes(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<Note[]> {
  const rows = await manager.query<
    (Omit<Note, 'notedAt' | 'updatedAt'> & { notedAt: Date; updatedAt: Date })[]
  >(
    `
    SELECT notes.id, author_id = $2 AS mine, question_id AS "questionId", take_id AS "takeId", at_ms AS "atMs", body,
      jsonb_build_object('id', users.id, 'name', users.name) AS author,
      noted_at AS "notedAt", notes.updated_at AS "updatedAt"
    FROM notes JOIN users ON users.id = notes.author_id JOIN interviews ON interviews.id = notes.interview_id
    WHERE notes.interview_id = $1 AND (author_id = $2 OR ${isRevealed('$2')})
    ORDER BY noted_at, notes.id
    `,
    [interviewId, person.id],
  );
  return rows.map((row) => ({
    ...row,
    notedAt: row.notedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/**
 * The take of a question that was running at a moment, or else the last one that had begun before it. Where one answer is
 * handed over to the next, main hears of the new take once it has all of the old one: up to some seconds late.
 */
async function takeThen(manager: EntityManager, questionId: string, at: string): Promise<string | null> {
  const [take] = await manager.query<{ id: string }[]>(
    `SELECT takes.id FROM takes JOIN answers ON answers.id = takes.answer_id
     WHERE answers.question_id = $1
     ORDER BY takes.started_at <= $2::timestamptz + interval '3 seconds' DESC, takes.started_at DESC LIMIT 1`,
    [questionId, at],
  );
  return take?.id ?? null;
}

/**
 * A note of one's own, held with its interview until the transaction ends.
 *
 * @throws OperationFailure NOT_FOUND, for somebody else's as well
 */
async function holdOwnNote(manager: EntityManager, person: SignedInPerson, id: string): Promise<NoteEntity> {
  const note = await manager.findOneBy(NoteEntity, { id, authorId: person.id });
  if (!note) throw new OperationFailure('NOT_FOUND', 'This note is not there any more.');
  await holdForChange(manager, person, { interviewId: note.interviewId }, 'panel');
  return manager.findOneByOrFail(NoteEntity, { id });
}
