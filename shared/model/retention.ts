import type { InterviewStatus } from './interview.ts';

/** What of an interview a rule removes. With recordings or transcripts alone, scores, notes and ratings stay. */
export const retentionWhats = ['RECORDINGS', 'TRANSCRIPTS', 'INTERVIEWS'] as const;
export type RetentionWhat = (typeof retentionWhats)[number];

/** An interview in progress is touched by no rule. */
export const retainedStatuses = [
  'COMPLETED',
  'ABANDONED',
  'PENDING',
] as const satisfies readonly InterviewStatus[];
export type RetainedStatus = (typeof retainedStatuses)[number];

export const retentionLimits = {
  /** Since it ended; one that never began: since it was last changed, or was planned or due if that is later. */
  days: { min: 1, max: 3650 },
  graceDays: { min: 0, max: 365 },
  rules: 20,
} as const;
