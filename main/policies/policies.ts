import type { DataSource, EntityManager } from 'typeorm';
import { holdAdmins } from '../accounts/admins.ts';
import { audit } from '../audit/audit.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { passwordRulesKey, readPasswordRules } from './password-rules.ts';
import { applyToSessions, readSignInLimits, signInLimitsKey } from './sign-in-limits.ts';
import { changePolicy } from './stored-policy.ts';

export interface Policies {
  readonly handlers: HandlersOf<'policies'>;
}

/**
 * What admins decide for everybody: rules for passwords, limits for signing in.
 *
 * @param parts.recheckSessions signs out whoever has no session any more, at once where it is on this machine
 */
export function createPolicies(parts: {
  database: { readonly dataSource: DataSource };
  log: Log;
  recheckSessions: () => Promise<void>;
}): Policies {
  const { database, log, recheckSessions } = parts;
  const manager = () => database.dataSource.manager;

  function asAdmin<T>(admin: SignedInPerson, act: (manager: EntityManager) => Promise<T>): Promise<T> {
    return database.dataSource.transaction(async (manager) => {
      await holdAdmins(manager, admin);
      return act(manager);
    });
  }

  return {
    handlers: {
      'policies.passwordRules': () => readPasswordRules(manager()),

      async 'policies.get'() {
        return {
          passwords: await readPasswordRules(manager()),
          signIn: await readSignInLimits(manager()),
        };
      },

      async 'policies.setPasswords'({ input: { seen, ...next }, person }) {
        const after = await asAdmin(person, async (manager) => {
          const before = await readPasswordRules(manager);
          const after = await changePolicy(manager, passwordRulesKey, { before, seen, next });
          await audit(manager, {
            ...{ personId: person.id, action: 'policies.setPasswords', from: before, to: after },
          });
          return after;
        });
        log.info({ policy: after, by: person.id }, 'password rules changed');
        return after;
      },

      async 'policies.setSignIn'({ input: { seen, ...next }, person }) {
        const changed = await asAdmin(person, async (manager) => {
          const before = await readSignInLimits(manager);
          const after = await changePolicy(manager, signInLimitsKey, { before, seen, next });
          const ended = await applyToSessions(manager, next);
          await audit(manager, {
            ...{ personId: person.id, action: 'policies.setSignIn' },
            ...{ from: before, to: { ...after, ended } },
          });
          return { ...after, ended };
        });
        log.info({ policy: changed, by: person.id }, 'sign-in limits changed');
        if (changed.ended > 0) await recheckSessions();
        return changed;
      },
    },
  };
}
