import { passwordLimits } from './limits.ts';

/** What a new password has to be. Passwords that people have stay valid. */
export interface PasswordRules {
  minCharacters: number;
  /** Refuses one that holds the person's own name or address. */
  refuseOwn: boolean;
  /** Refuses those that are tried first. */
  refuseCommon: boolean;
}

export const usualPasswordRules: PasswordRules = {
  minCharacters: passwordLimits.minCharacters,
  refuseOwn: true,
  refuseCommon: true,
};

/** How often somebody may try, and for how long they stay signed in. */
export interface SignInLimits {
  /** Wrong attempts in a row before the first wait, which doubles with each further one. */
  freeFailures: number;
  longestWaitMinutes: number;
  /** Without an attempt for so long, the wrong ones are forgotten. */
  forgetAfterHours: number;
  /** How long a session lasts without being used. */
  rememberedDays: number;
  otherHours: number;
  /** How long a session lasts in all, used or not; null: as long as it is used. */
  longestDays: number | null;
}

export const usualSignInLimits: SignInLimits = {
  ...{ freeFailures: 5, longestWaitMinutes: 15, forgetAfterHours: 24 },
  ...{ rememberedDays: 90, otherHours: 12, longestDays: null },
};

/**
 * No choice within these locks people out: there are always attempts, every wait ends within the hour, and a session
 * outlasts an interview.
 */
export const policyLimits = {
  /** At most 64 letters fit bcrypt's 72 bytes with some room for those that take more than one. */
  minCharacters: { min: passwordLimits.minCharacters, max: 64 },
  freeFailures: { min: 3, max: 20 },
  longestWaitMinutes: { min: 1, max: 60 },
  forgetAfterHours: { min: 1, max: 72 },
  rememberedDays: { min: 1, max: 365 },
  otherHours: { min: 4, max: 168 },
  longestDays: { min: 1, max: 365 },
} as const;

/** The rules in a sentence or two, for the forms: said before anything is typed. */
export function passwordRuleWords({ minCharacters, refuseOwn, refuseCommon }: PasswordRules): string {
  const refused = [
    refuseOwn && 'no part of your name or address',
    refuseCommon && 'none of the most used passwords',
  ].filter((words) => words !== false);
  return `At least ${minCharacters} characters${refused.length > 0 ? `; ${refused.join(', and ')}` : ''}.`;
}
