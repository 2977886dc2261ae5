/**
 * Work in the background that can fail while nobody watches. FINISH_RECORDING takes a recording to its finished file,
 * after a crash too; PURGE removes what was deleted long enough ago, RETENTION what rules say.
 */
export const jobKinds = [
  'FINISH_RECORDING',
  'BACKUP',
  'RESTORE',
  'COPY',
  'REHEARSAL',
  'PURGE',
  'RETENTION',
  'MOVE_RECORDINGS',
] as const;
export type JobKind = (typeof jobKinds)[number];
