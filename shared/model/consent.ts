/** What a candidate may say to a consent text. Declined, an interview is held without being recorded. */
export const consentDecisions = ['AGREED', 'DECLINED'] as const;
export type ConsentDecision = (typeof consentDecisions)[number];

/** The newest of what was said takes back an agreement that was there before. */
export function isWithdrawn(newestFirst: readonly { decision: ConsentDecision }[]): boolean {
  return newestFirst[0]?.decision === 'DECLINED' && newestFirst[1]?.decision === 'AGREED';
}
