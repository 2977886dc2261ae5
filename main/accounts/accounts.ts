import type { DataSource, EntityManager } from 'typeorm';
import type { Person } from '../../shared/contract/accounts.ts';
import { audit } from '../audit/audit.ts';
import { User } from '../database/entities/index.ts';
import type { EventHub } from '../events.ts';
import type { Log } from '../log.ts';
import type { ClientIdentity, HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { requireAllowedPassword } from '../policies/password-rules.ts';
import { holdAccount, proveAccount, wrongCredentials } from './credentials.ts';
import { findInvited, tradeCode, wrongCode } from './invitations.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { addPerson, addressOf, changePerson, personById, personSubject } from './people.ts';
import { peopleHandlers } from './people-handlers.ts';
import { RememberedToken, type Seal } from './remembered-token.ts';
import { selfRegistrationAllowed } from './self-registration.ts';
import { Sessions } from './sessions.ts';

export interface Accounts {
  readonly handlers: HandlersOf<'accounts' | 'people'>;
  /** Who is signed in at a client. */
  personOf(client: ClientIdentity): Promise<SignedInPerson | null>;
  /** The same as far as is known without asking the database. */
  personIdAt(client: ClientIdentity): string | null;
  /** Signs out whoever has no session in the database, once that has become another one. */
  recheck(): Promise<void>;
  /** Whether nobody has an account yet: the next person becomes the admin. */
  firstPersonNeeded(): Promise<boolean>;
  /** Whether people may register themselves. */
  selfRegistration(): Promise<boolean>;
  /** Lets go of whoever is signed in as somebody here; the rows of their sessions are gone already. */
  dropSessions(personId: string): void;
}

/**
 * Accounts, sign-in, sessions and people.
 *
 * @param options.rememberedSession the file for the token of the session that stays signed in on this machine
 * @param options.seal encrypts that token, where the system has a keychain
 * @param options.passwords for tests, which cannot spend a quarter of a second on each
 */
export function createAccounts(options: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  log: Log;
  rememberedSession: string;
  seal?: Seal;
  passwords?: Passwords;
}): Accounts {
  const { database, events, log, passwords = createPasswords() } = options;
  const rememberedToken = new RememberedToken(options.rememberedSession, options.seal);
  const sessions = new Sessions({ database, events, log, rememberedToken });
  const manager = () => database.dataSource.manager;

  const firstPersonNeeded = async () => !(await manager().exists(User));
  const selfRegistration = () => selfRegistrationAllowed(manager());

  /** Signs a client in as the person that a transaction makes sure of, with a new session. */
  async function enterAs<P extends Person>(
    client: ClientIdentity,
    remember: boolean,
    identify: (manager: EntityManager) => Promise<P>,
  ): Promise<P> {
    const { person, session } = await database.dataSource.transaction(async (manager) => {
      const person = await identify(manager);
      return { person, session: await sessions.create(manager, { userId: person.id, client, remember }) };
    });
    await sessions.enter(client, session, person);
    return person;
  }

  const handlers: Accounts['handlers'] = {
    async 'accounts.createFirst'({ input, client }) {
      if (!(await firstPersonNeeded())) throw notTheFirst();
      await requireAllowedPassword(manager(), input.password, input);
      const passwordHash = await passwords.hash(input.password);
      const person = await enterAs(client, input.remember, async (manager) => {
        // Nobody is added between the look and the insert, in this process or another.
        await manager.query('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
        if (await manager.exists(User)) throw notTheFirst();
        const person = await addPerson(manager, { ...input, passwordHash, role: 'ADMIN' });
        await audit(manager, {
          ...{ personId: person.id, action: 'accounts.createFirst' },
          ...{ subject: personSubject(person), to: { role: person.role } },
        });
        return person;
      });
      log.info({ personId: person.id }, 'first person created');
      events.publish('app.statusChanged', undefined);
      return person;
    },

    async 'accounts.register'({ input, client }) {
      if (await firstPersonNeeded()) {
        throw new OperationFailure(
          'CONFLICT',
          'Nobody has an account here yet. Please create the first one, the admin’s.',
        );
      }
      if (!(await selfRegistration())) {
        throw new OperationFailure(
          'FORBIDDEN',
          'Registration is closed here. Please ask an admin for an account.',
        );
      }
      await requireAllowedPassword(manager(), input.password, input);
      const passwordHash = await passwords.hash(input.password);
      const person = await enterAs(client, input.remember, (manager) =>
        addPerson(manager, { ...input, passwordHash, role: 'CANDIDATE' }),
      );
      log.info({ personId: person.id }, 'person registered');
      return person;
    },

    async 'accounts.signIn'({ input, client }) {
      const address = addressOf(input.email);
      const account = await proveAccount(manager(), passwords, { address, password: input.password });
      if (!account) {
        log.warn({ clientId: client.id }, 'wrong sign-in');
        throw wrongCredentials();
      }
      const person = await enterAs(client, input.remember, async (manager) => {
        await holdAccount(manager, account);
        return personById(manager, account.id);
      });
      log.info({ personId: person.id }, 'signed in');
      return person;
    },

    async 'accounts.useCode'({ input, client }) {
      const address = addressOf(input.email);
      // By what was typed alone, so that it tells nothing of who has an account.
      await requireAllowedPassword(manager(), input.password, { email: address });
      const invited = await findInvited(manager(), { address, code: input.code });
      // Computed either way, so that the time tells nothing.
      const passwordHash = await passwords.hash(input.password);
      if (!invited) {
        log.warn({ clientId: client.id }, 'wrong code');
        throw wrongCode();
      }
      // Whose code was right may learn that it is in their name; the code is good for another try.
      const { name } = await personById(manager(), invited.id);
      await requireAllowedPassword(manager(), input.password, { name });
      const person = await enterAs(client, input.remember, async (manager) => {
        await tradeCode(manager, { ...invited, address }, passwordHash);
        await sessions.deleteAll(manager, invited.id);
        const person = await personById(manager, invited.id);
        await audit(manager, {
          ...{ personId: person.id, action: 'accounts.useCode' },
          subject: personSubject(person),
        });
        return person;
      });
      log.info({ personId: person.id }, 'signed in with a code');
      return person;
    },

    async 'accounts.signOut'({ client }) {
      await sessions.leave(client);
    },

    async 'accounts.current'({ person, client }) {
      const signedIn = person ?? (await sessions.resume(client));
      return signedIn && personById(manager(), signedIn.id);
    },

    'accounts.rename': ({ input, person }) => changePerson(manager(), person.id, { name: input.name }),

    async 'accounts.changePassword'({ input, person }) {
      const { email, name } = await personById(manager(), person.id);
      const account = await proveAccount(manager(), passwords, {
        address: addressOf(email),
        password: input.current,
      });
      if (!account) throw new OperationFailure('WRONG_CREDENTIALS', 'The current password is wrong.');
      await requireAllowedPassword(manager(), input.next, { name, email, field: 'next' });
      const passwordHash = await passwords.hash(input.next);
      await database.dataSource.transaction(async (manager) => {
        await holdAccount(manager, account);
        await manager.update(User, { id: person.id }, { passwordHash });
        await sessions.deleteOthers(manager, person);
      });
      sessions.dropOthers(person);
      log.info({ personId: person.id }, 'password changed');
    },

    'accounts.sessions': ({ person }) => sessions.list(person),

    async 'accounts.revokeSession'({ input, person }) {
      if (await sessions.revoke(person.id, input.id)) return;
      throw new OperationFailure('NOT_FOUND', 'This machine is not signed in any more.');
    },

    ...peopleHandlers({ database, events, log, passwords, sessions }),
  };

  return {
    handlers,
    personOf: (client) => sessions.personOf(client),
    personIdAt: (client) => sessions.personIdAt(client),
    recheck: () => sessions.recheck(),
    firstPersonNeeded,
    selfRegistration,
    dropSessions: (personId) => sessions.dropAll(personId),
  };
}

function notTheFirst(): OperationFailure {
  return new OperationFailure('CONFLICT', 'Somebody has created the first account already. Please sign in.');
}
