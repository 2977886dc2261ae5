import type { DataSource, EntityManager } from 'typeorm';
import type { HoldingBackup } from '../../shared/contract/backups.ts';
import type { Erasure } from '../../shared/contract/erasure.ts';
import { holdAdmins } from '../accounts/admins.ts';
import { throttlesOf } from '../accounts/invitations.ts';
import { personRowById } from '../accounts/people.ts';
import { forgetAttempts } from '../accounts/sign-in-throttle.ts';
import { audit, erasedName, pseudonymise } from '../audit/audit.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { personalTables } from '../personal-data/tables.ts';

export interface ErasureOfPeople {
  readonly handlers: HandlersOf<'erasure'>;
}

/**
 * Removes people for good.
 *
 * @param parts.endSessions lets go of whoever is signed in as somebody here
 * @param parts.forget removes what was made of somebody's data and waits to be fetched
 * @param parts.backupsHolding the backups of this machine that still hold somebody; null while nobody can say
 * @param parts.purge removes the files of interviews that are gone for good, as far as this machine has them
 */
export function createErasure(parts: {
  database: { readonly dataSource: DataSource };
  log: Log;
  endSessions: (personId: string) => void;
  forget?: (personId: string) => Promise<void>;
  purge: () => Promise<void>;
  backupsHolding: (personId: string) => Promise<HoldingBackup[] | null>;
}): ErasureOfPeople {
  const { database, log, endSessions, forget, purge, backupsHolding } = parts;
  return {
    handlers: {
      async 'erasure.preview'({ input, person }) {
        const whole = await preview(database.dataSource.manager, person, input.id);
        return { ...whole, backups: await backupsHolding(input.id) };
      },

      async 'erasure.erase'({ input, person: admin }) {
        await database.dataSource.transaction((manager) => erase(manager, admin, input));
        endSessions(input.id);
        await forget?.(input.id).catch((error: unknown) =>
          log.warn(
            { personId: input.id, err: error },
            'a file of somebody who is erased goes within the hour',
          ),
        );
        // Rows first, then files, by the note that they are purged: what is cut short here is completed at the next start.
        await purge();
        log.info({ personId: input.id, by: admin.id }, 'person erased');
      },
    },
  };
}

type Loss = Omit<Erasure, 'backups'>;

/** What is counted is what goes: the rows that personal-data/tables.ts names. @throws OperationFailure NOT_FOUND */
async function preview(manager: EntityManager, admin: SignedInPerson, id: string): Promise<Loss> {
  const { name, email } = await personRowById(manager, id);
  const { interviews, takes, notes, scorecards } = personalTables;
  const [counts] = await manager.query<
    (Omit<Loss, 'name' | 'email' | 'hindrance'> & { judged: boolean; recording: boolean })[]
  >(
    `
    WITH theirs AS (SELECT id, kind FROM interviews WHERE ${interviews.theirs}),
    recorded AS (SELECT state, size_bytes FROM takes WHERE ${takes.theirs})
    SELECT
      (SELECT count(*) FROM theirs WHERE kind = 'PRACTICE')::int AS practices,
      (SELECT count(*) FROM theirs WHERE kind <> 'PRACTICE')::int AS interviews,
      (SELECT count(*) FROM recorded)::int AS recordings,
      (SELECT coalesce(sum(size_bytes), 0) FROM recorded)::float8 AS "recordingsBytes",
      (SELECT count(*) FROM notes WHERE ${notes.theirs})::int AS notes,
      (SELECT count(*) FROM scorecards WHERE ${scorecards.theirs})::int AS scorecards,
      EXISTS (SELECT FROM recorded WHERE state = 'RECORDING') AS recording,
      EXISTS (SELECT FROM notes WHERE author_id = $1)
        OR EXISTS (SELECT FROM scorecards WHERE interviewer_id = $1)
        OR EXISTS (SELECT FROM interviews WHERE interviewer_id = $1) AS judged
    `,
    [id],
  );
  if (!counts) throw new Error('the counts of an erasure did not come');
  const { judged, recording, ...rest } = counts;
  return {
    name,
    email,
    ...rest,
    hindrance: hindranceOf({ isSelf: id === admin.id, judged, recording, name }),
  };
}

function hindranceOf(about: {
  isSelf: boolean;
  judged: boolean;
  recording: boolean;
  name: string;
}): string | null {
  const { isSelf, judged, recording, name } = about;
  if (isSelf) return 'You cannot erase yourself. Another admin can.';
  if (judged) {
    return `${name} has held or judged interviews of others, whose record would be torn. Disable the account instead.`;
  }
  if (recording) return `An answer of ${name} is being recorded. Wait until it has ended.`;
  return null;
}

/**
 * Everything in one transaction. The tables that hold what is theirs go with the row of the person, by their foreign keys.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT, INVALID_INPUT when another name was typed
 */
async function erase(
  manager: EntityManager,
  admin: SignedInPerson,
  { id, name }: { id: string; name: string },
): Promise<void> {
  await holdAdmins(manager, admin);
  // Whoever would add an interview or a take of theirs waits, and then finds nobody to add it to.
  await manager.query('SELECT id FROM users WHERE id = $1 FOR UPDATE', [id]);
  const whole = await preview(manager, admin, id);
  if (whole.hindrance) throw new OperationFailure('CONFLICT', whole.hindrance);
  if (name.trim() !== whole.name) {
    throw new OperationFailure('INVALID_INPUT', 'Type the name as it is written above.', {
      fields: { name: 'Type the name as it is written above.' },
    });
  }
  await manager.query(
    `INSERT INTO purged_interviews (id) SELECT id FROM interviews WHERE user_id = $1
     ON CONFLICT (id) DO UPDATE SET updated_at = now()`,
    [id],
  );
  for (const address of throttlesOf(whole.email)) await forgetAttempts(manager, address);
  await manager.query('DELETE FROM users WHERE id = $1', [id]);
  await pseudonymise(manager, id);
  const { practices, interviews, recordings } = whole;
  await audit(manager, {
    ...{ personId: admin.id, action: 'erasure.erase', subject: { kind: 'person', id, label: erasedName } },
    from: { practices, interviews, recordings },
  });
}
