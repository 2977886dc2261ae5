import { z } from 'zod';
import { policyLimits } from '../model/policies.ts';
import { operation } from './operation.ts';
import { nothing } from './shapes.ts';

const between = ({ min, max }: { min: number; max: number }) =>
  z.int('A whole number.').min(min, `Not below ${min}.`).max(max, `At most ${max}.`);

export const passwordRules = z.object({
  minCharacters: between(policyLimits.minCharacters),
  refuseOwn: z.boolean(),
  refuseCommon: z.boolean(),
});

export const signInLimits = z.object({
  freeFailures: between(policyLimits.freeFailures),
  longestWaitMinutes: between(policyLimits.longestWaitMinutes),
  forgetAfterHours: between(policyLimits.forgetAfterHours),
  rememberedDays: between(policyLimits.rememberedDays),
  otherHours: between(policyLimits.otherHours),
  longestDays: between(policyLimits.longestDays).nullable(),
});

/** Counts the changes of a policy; 0: nobody has changed it yet. */
const version = z.int().nonnegative();

const storedPasswordRules = passwordRules.extend({ version });
export type StoredPasswordRules = z.infer<typeof storedPasswordRules>;
const storedSignInLimits = signInLimits.extend({ version });
export type StoredSignInLimits = z.infer<typeof storedSignInLimits>;

export const policiesOperations = {
  /** What a new password has to be: told before anybody has signed in, since that is where they are set. */
  'policies.passwordRules': operation({
    access: 'anyone',
    needs: 'connection',
    input: nothing,
    output: passwordRules,
  }),
  'policies.get': operation({
    access: ['ADMIN'],
    input: nothing,
    output: z.object({ passwords: storedPasswordRules, signIn: storedSignInLimits }),
  }),
  /** For passwords that are set from then on. CONFLICT with `current` when it is another version than the one seen. */
  'policies.setPasswords': operation({
    access: ['ADMIN'],
    input: passwordRules.extend({ seen: version }),
    output: storedPasswordRules,
  }),
  /**
   * Holds at once, for sessions that are open too: those that have lasted too long by now end, and `ended` says how many.
   * CONFLICT as above.
   */
  'policies.setSignIn': operation({
    access: ['ADMIN'],
    input: signInLimits.extend({ seen: version }),
    output: storedSignInLimits.extend({ ended: z.int() }),
  }),
} as const;
