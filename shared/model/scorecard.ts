/** Whether to hire, in an interviewer's own judgement. Best to worst; there is no middle to hide in. */
export const recommendations = ['STRONG_YES', 'YES', 'NO', 'DEFINITELY_NO'] as const;
export type Recommendation = (typeof recommendations)[number];

/** A submitted scorecard is locked; reopening it leaves a trace. */
export const scorecardStates = ['DRAFT', 'SUBMITTED'] as const;
export type ScorecardState = (typeof scorecardStates)[number];

/** What leaves a trace on a scorecard. */
export const scorecardActs = ['SUBMITTED', 'REOPENED'] as const;
export type ScorecardAct = (typeof scorecardActs)[number];
