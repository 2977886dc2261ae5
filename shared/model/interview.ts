/**
 * LIVE: interviewer and candidate together. ONE_WAY: the candidate answers alone and is reviewed later.
 * PRACTICE: alone, for oneself.
 */
export const interviewKinds = ['LIVE', 'ONE_WAY', 'PRACTICE'] as const;
export type InterviewKind = (typeof interviewKinds)[number];

export const interviewStatuses = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'ABANDONED'] as const;
export type InterviewStatus = (typeof interviewStatuses)[number];

/** Where an interview may go from each status. The database holds the same rule in a trigger. */
export const statusTransitions: Readonly<Record<InterviewStatus, readonly InterviewStatus[]>> = {
  PENDING: ['IN_PROGRESS', 'ABANDONED'],
  IN_PROGRESS: ['COMPLETED', 'ABANDONED'],
  COMPLETED: [],
  ABANDONED: [],
};

export function mayMove(from: InterviewStatus, to: InterviewStatus): boolean {
  return statusTransitions[from].includes(to);
}
