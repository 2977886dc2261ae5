import type { DataSource } from 'typeorm';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { addPerson, addressOf } from '../accounts/people.ts';
import { CandidateProfile, User } from '../database/entities/index.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { listCandidates, readCandidateRow } from './list-candidates.ts';

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

  async function create(person: SignedInPerson, input: ParsedInputOf<'candidates.create'>) {
    const { name, email, headline, tags } = input;
    const id = await database.dataSource.transaction(async (manager) => {
      const { id } = await addPerson(manager, { name, email, passwordHash: null, role: 'CANDIDATE' });
      await manager.insert(CandidateProfile, { userId: id, headline, tags });
      return id;
    });
    log.info({ candidateId: id, by: person.id }, 'candidate created');
    const row = await readCandidateRow(manager(), person, id);
    if (!row) throw notFound();
    return row;
  }

  return {
    handlers: {
      'candidates.list': ({ input, person }) => listCandidates(manager(), person, input),

      async 'candidates.create'({ input, person }) {
        try {
          return await create(person, input);
        } catch (error) {
          if (!(error instanceof OperationFailure && error.code === 'EMAIL_TAKEN')) throw error;
          const candidate = await manager()
            .createQueryBuilder(User, 'person')
            .select(['person.id', 'person.name'])
            .where(`lower(person.email) = :address AND person.role = 'CANDIDATE'`, {
              address: addressOf(input.email),
            })
            .getOne();
          if (!candidate) throw error;
          throw new OperationFailure(
            'EMAIL_TAKEN',
            `This is the address of ${candidate.name}, who is here already.`,
            {
              candidateId: candidate.id,
            },
          );
        }
      },
    },
  };
}

function notFound(): OperationFailure {
  return new OperationFailure('NOT_FOUND', 'This candidate is not there any more.');
}
