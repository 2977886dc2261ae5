/** Bounds of what a person may choose, one place for the forms and for the checks in main. Times in ms. */
export const practiceLimits = {
  questionCount: { min: 1, max: 20, usual: 5 },
  thinkTimeMs: { min: 0, max: 10 * 60_000, usual: 30_000 },
  answerTimeMs: { min: 30_000, max: 60 * 60_000, usual: 3 * 60_000 },
  takesAllowed: { min: 1, max: 10, usual: 3 },
} as const;

/** Bounds of an interview kit. */
export const kitLimits = { questions: 50, competencies: 30, text: 20_000 } as const;

export const textLimits = {
  name: 120,
  email: 320,
  title: 200,
  headline: 200,
  phone: 50,
  /** What is noted about somebody; a guard against a runaway paste. */
  notes: 20_000,
  /** A question written on the spot. */
  question: 5_000,
  note: 5_000,
  /** About ten hours of speech; a guard against a runaway paste, not a limit anyone meets. */
  transcript: 500_000,
} as const;

export const candidateLimits = {
  tags: 30,
  tag: 40,
  timeMultiplier: { min: 1, max: 5 },
  extraTakes: { min: 0, max: 10 },
} as const;

/** bcrypt reads 72 bytes of a password and ignores the rest, so a longer one is refused rather than cut. */
export const passwordLimits = { minCharacters: 10, maxBytes: 72 } as const;

/** Seconds left at which a candidate is warned, on screen and to a screen reader. */
export const timeWarningsMs = [30_000, 10_000] as const;

/** How long a deleted interview can be restored, before its rows and files go for good. */
export const restorableDays = 7;
