/** What a candidate may say to a consent text. Declined, an interview is held without being recorded. */
export const consentDecisions = ['AGREED', 'DECLINED'] as const;
export type ConsentDecision = (typeof consentDecisions)[number];
