import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import {
  type FilterScreen,
  filtersPerScreen,
  type SavedFilter as Saved,
} from '../../shared/contract/find.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { breaksConstraint } from '../database/breaks-constraint.ts';
import { SavedFilter } from '../database/entities/index.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

type Owner = Pick<SignedInPerson, 'id'>;

const nameKey = 'saved_filters_user_id_screen_name_key';

/** A person's own filters of their lists. */
export function createSavedFilters({ database }: { database: { readonly dataSource: DataSource } }): {
  readonly handlers: HandlersOf<'filters'>;
} {
  // Asked for anew each time: the database opens after this, and may be opened again.
  const manager = () => database.dataSource.manager;
  return {
    handlers: {
      'filters.list': ({ input, person }) => list(manager(), person, input.screen),
      'filters.save': ({ input, person }) =>
        database.dataSource
          .transaction((held) => save(held, person, input))
          .catch(explainTakenName(input.name)),
      'filters.rename': ({ input, person }) =>
        rename(manager(), person, input).catch(explainTakenName(input.name)),
      'filters.remove': async ({ input, person }) => {
        await manager().delete(SavedFilter, { id: input.id, userId: person.id });
      },
    },
  };
}

async function list(manager: EntityManager, person: Owner, screen: FilterScreen): Promise<Saved[]> {
  const filters = await manager.findBy(SavedFilter, { userId: person.id, screen });
  return filters.map(toSaved).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** @throws OperationFailure CONFLICT with the filter that has the name in details.current; INVALID_INPUT for too many */
async function save(
  manager: EntityManager,
  person: Owner,
  { screen, name, filter, replace }: ParsedInputOf<'filters.save'>,
): Promise<Saved> {
  const own = await manager.findBy(SavedFilter, { userId: person.id, screen });
  const same = own.find((each) => each.name === name);
  if (same && !replace) throw nameTaken(name, toSaved(same));
  if (same) {
    await manager.update(SavedFilter, { id: same.id }, { filter });
    return { ...toSaved(same), filter };
  }
  if (own.length >= filtersPerScreen) {
    throw new OperationFailure(
      'INVALID_INPUT',
      `You keep ${filtersPerScreen} filters of this list already. Remove one that you do not need.`,
    );
  }
  const id = v7();
  await manager.insert(SavedFilter, { id, userId: person.id, screen, name, filter });
  return { id, screen, name, filter };
}

/** @throws OperationFailure NOT_FOUND, for somebody else's as well; CONFLICT */
async function rename(
  manager: EntityManager,
  person: Owner,
  { id, name }: ParsedInputOf<'filters.rename'>,
): Promise<Saved> {
  const filter = await manager.findOneBy(SavedFilter, { id, userId: person.id });
  if (!filter) throw new OperationFailure('NOT_FOUND', 'This filter is not there any more.');
  await manager.update(SavedFilter, { id }, { name });
  return { ...toSaved(filter), name };
}

/** Two windows that save at once: the second is told by the database. */
function explainTakenName(name: string) {
  return (error: unknown): never => {
    throw breaksConstraint(error, nameKey) ? nameTaken(name) : error;
  };
}

function nameTaken(name: string, current?: Saved): OperationFailure {
  const message = `You have a filter “${name}” already. Choose another name, or replace it.`;
  return new OperationFailure('CONFLICT', message, {
    fields: { name: message },
    ...(current && { current }),
  });
}

function toSaved({ id, screen, name, filter }: SavedFilter): Saved {
  return { id, screen: screen as FilterScreen, name, filter };
}
