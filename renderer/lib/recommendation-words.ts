import type { Recommendation } from '../../shared/model/scorecard.ts';

export const recommendationWords: Record<Recommendation, string> = {
  STRONG_YES: 'Strong yes',
  YES: 'Yes',
  NO: 'No',
  DEFINITELY_NO: 'Definitely no',
};
