import type { DataSource } from 'typeorm';
import { addressOf } from '../accounts/people.ts';
import { User } from '../database/entities/index.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { addCandidate, inviteCandidate, setArchived, updateCandidate } from './change-candidate.ts';
import { listCandidates } from './list-candidates.ts';
import { listCandidateInterviews, readCandidate } from './read-candidate.ts';

export interface Candidates {
  readonly handlers: HandlersOf<'candidates'>;
}

/** The candidates as interviewers look after them: who they are, what they need, and their interviews. */
export function createCandidates({
  database,
  log,
}: {
  database: { readonly dataSource: DataSource };
  log: Log;
}): Candidates {
  const manager = () => database.dataSource.manager;
  const read = (person: SignedInPerson, id: string) => readCandidate(manager(), person, id);

  return {
    handlers: {
      'candidates.list': ({ input, person }) => listCandidates(manager(), person, input),

      async 'candidates.create'({ input, person }) {
        try {
          const id = await database.dataSource.transaction((manager) => addCandidate(manager, person, input));
          log.info({ candidateId: id, by: person.id }, 'candidate created');
          return await read(person, id);
        } catch (error) {
          throw await whoseAddress(error, input.email);
        }
      },

      'candidates.get': ({ input, person }) => read(person, input.id),

      async 'candidates.update'({ input, person }) {
        await database.dataSource.transaction((manager) => updateCandidate(manager, person, input));
        return read(person, input.id);
      },

      async 'candidates.setArchived'({ input, person }) {
        await database.dataSource.transaction((manager) => setArchived(manager, person, input));
        log.info({ candidateId: input.id, archived: input.archived, by: person.id }, 'candidate archived');
        return read(person, input.id);
      },

      async 'candidates.tags'() {
        const tags = await manager().query<{ tag: string; count: number }[]>(
          `SELECT tag, count(*)::int AS count
           FROM candidate_profiles JOIN users ON users.id = user_id CROSS JOIN unnest(tags) AS tag
           WHERE archived_at IS NULL AND role = 'CANDIDATE' GROUP BY tag`,
        );
        return tags.toSorted((one, other) => one.tag.localeCompare(other.tag));
      },

      'candidates.interviews': ({ input, person }) => listCandidateInterviews(manager(), person, input),

      async 'candidates.invite'({ input, person }) {
        const invitation = await database.dataSource.transaction((manager) =>
          inviteCandidate(manager, person, input.id),
        );
        log.info({ candidateId: input.id, by: person.id }, 'candidate invited');
        return invitation;
      },
    },
  };

  /** Where an address is taken by a candidate, interviewers may know by whom: they have them in their list. */
  async function whoseAddress(error: unknown, email: string): Promise<unknown> {
    if (!(error instanceof OperationFailure && error.code === 'EMAIL_TAKEN')) return error;
    const candidate = await manager()
      .createQueryBuilder(User, 'person')
      .select(['person.id', 'person.name'])
      .where(`lower(person.email) = :address AND person.role = 'CANDIDATE'`, { address: addressOf(email) })
      .getOne();
    if (!candidate) return error;
    return new OperationFailure('EMAIL_TAKEN', `${candidate.name} has this address, and is here already.`, {
      candidateId: candidate.id,
    });
  }
}
