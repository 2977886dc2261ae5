import type { DataSource, EntityManager } from 'typeorm';
import { audit } from '../audit/audit.ts';
import type { EventHub } from '../events.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { requireAllowedPassword } from '../policies/password-rules.ts';
import { type AdminsHeld, holdAdmins, requireAnother } from './admins.ts';
import { giveCode } from './invitations.ts';
import type { Passwords } from './passwords.ts';
import { addPerson, changePerson, listPeople, personRowById, personSubject } from './people.ts';
import { allowSelfRegistration, selfRegistrationAllowed } from './self-registration.ts';
import type { Sessions } from './sessions.ts';

/** What admins do about people. Each act is in the audit log. */
export function peopleHandlers(parts: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  log: Log;
  passwords: Passwords;
  sessions: Sessions;
}): HandlersOf<'people'> {
  const { database, events, log, passwords, sessions } = parts;

  /** A transaction of somebody who is an admin until it ends. */
  function asAdmin<T>(
    admin: SignedInPerson,
    act: (manager: EntityManager, admins: AdminsHeld) => Promise<T>,
  ): Promise<T> {
    return database.dataSource.transaction(async (manager) => act(manager, await holdAdmins(manager, admin)));
  }

  return {
    'people.list': ({ input }) => listPeople(database.dataSource.manager, input),

    async 'people.invite'({ input, person: admin }) {
      const invited = await asAdmin(admin, async (manager) => {
        const { id } = await addPerson(manager, { ...input, passwordHash: null });
        const invitation = await giveCode(manager, id);
        const person = await personRowById(manager, id);
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.invite' },
          ...{ subject: personSubject(person), to: { role: person.role } },
        });
        return { person, invitation };
      });
      log.info({ personId: invited.person.id, role: input.role, by: admin.id }, 'person invited');
      return invited;
    },

    async 'people.create'({ input, person: admin }) {
      await requireAllowedPassword(database.dataSource.manager, input.password, input);
      const passwordHash = await passwords.hash(input.password);
      const person = await asAdmin(admin, async (manager) => {
        const person = await addPerson(manager, { ...input, passwordHash });
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.create' },
          ...{ subject: personSubject(person), to: { role: person.role } },
        });
        return person;
      });
      log.info({ personId: person.id, role: person.role, by: admin.id }, 'person created');
      return person;
    },

    async 'people.resetPassword'({ input, person: admin }) {
      if (input.id === admin.id) {
        throw new OperationFailure('CONFLICT', 'Change your own password in Settings, under Account.');
      }
      const reset = await asAdmin(admin, async (manager) => {
        const before = await personRowById(manager, input.id, { hold: true });
        if (before.signIn === 'DISABLED') {
          throw new OperationFailure('CONFLICT', `${before.name} is disabled. Enable the account first.`);
        }
        await manager.query('UPDATE users SET password_hash = NULL WHERE id = $1', [input.id]);
        await sessions.deleteAll(manager, input.id);
        const invitation = await giveCode(manager, input.id);
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.resetPassword', subject: personSubject(before) },
          from: { signIn: before.signIn },
        });
        return { person: await personRowById(manager, input.id), invitation };
      });
      sessions.dropAll(input.id);
      log.info({ personId: input.id, by: admin.id }, 'password reset');
      return reset;
    },

    async 'people.changeRole'({ input, person: admin }) {
      const person = await asAdmin(admin, async (manager, admins) => {
        const before = await personRowById(manager, input.id, { hold: true });
        if (before.role === input.to) return before;
        if (before.role !== input.from) {
          throw new OperationFailure('CONFLICT', 'Somebody else has changed this role meanwhile.', {
            current: before,
          });
        }
        if (before.role === 'ADMIN') requireAnother(admins, before);
        const after = await changePerson(manager, input.id, { role: input.to });
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.changeRole', subject: personSubject(before) },
          ...{ from: { role: before.role }, to: { role: after.role } },
        });
        return after;
      });
      sessions.changeRole(person.id, person.role);
      log.info({ personId: person.id, role: person.role, by: admin.id }, 'role changed');
      return person;
    },

    async 'people.setState'({ input, person: admin }) {
      const { id, state } = input;
      if (id === admin.id && state === 'DISABLED') {
        throw new OperationFailure('CONFLICT', 'You cannot disable yourself. Another admin can.');
      }
      const person = await asAdmin(admin, async (manager, admins) => {
        const before = await personRowById(manager, id, { hold: true });
        const stateBefore = before.signIn === 'DISABLED' ? 'DISABLED' : 'ACTIVE';
        if (stateBefore === state) return before;
        if (state === 'DISABLED') {
          if (before.role === 'ADMIN') requireAnother(admins, before);
          await sessions.deleteAll(manager, id);
        }
        const after = await changePerson(manager, id, { state });
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.setState', subject: personSubject(before) },
          ...{ from: { state: stateBefore }, to: { state } },
        });
        return after;
      });
      if (state === 'DISABLED') sessions.dropAll(id);
      log.info({ personId: id, state, by: admin.id }, 'account enabled or disabled');
      return person;
    },

    async 'people.setEmailVerified'({ input, person: admin }) {
      const person = await asAdmin(admin, async (manager) => {
        const before = await personRowById(manager, input.id, { hold: true });
        if (before.emailVerified === input.verified) return before;
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.setEmailVerified', subject: personSubject(before) },
          ...{ from: { verified: before.emailVerified }, to: { verified: input.verified } },
        });
        return changePerson(manager, input.id, { emailVerified: input.verified });
      });
      log.info({ personId: person.id, verified: input.verified, by: admin.id }, 'email marked');
      return person;
    },

    async 'people.setSelfRegistration'({ input, person: admin }) {
      await asAdmin(admin, async (manager) => {
        const before = await selfRegistrationAllowed(manager);
        if (before === input.allowed) return;
        await allowSelfRegistration(manager, input.allowed);
        await audit(manager, {
          ...{ personId: admin.id, action: 'people.setSelfRegistration' },
          ...{ from: { allowed: before }, to: { allowed: input.allowed } },
        });
      });
      log.info({ allowed: input.allowed, by: admin.id }, 'self-registration set');
      events.publish('app.statusChanged', undefined);
    },
  };
}
