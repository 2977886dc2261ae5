/** How long a one-time code can be used. */
export const invitationDays = 7;

/**
 * Whether somebody can sign in. READY: with their password. INVITED: once they have used their one-time code.
 * NONE: nobody has given them a code, or it has expired.
 */
export const signInStates = ['READY', 'INVITED', 'NONE', 'DISABLED'] as const;
export type SignInState = (typeof signInStates)[number];
