/** What a person may do. Checked in main for every operation. */
export const roles = ['CANDIDATE', 'INTERVIEWER', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** A disabled person keeps their data and cannot sign in. */
export const personStates = ['ACTIVE', 'DISABLED'] as const;
export type PersonState = (typeof personStates)[number];
