import type { OperationName } from '../../../shared/contract/index.ts';

/** What is out of date once a consent text has changed. */
export const consentChanges: readonly OperationName[] = [
  ...(['consentTexts.list', 'consentTexts.get', 'consentTexts.versions', 'kits.preview'] as const),
];

export function consentTextPath(name: string): string {
  return `/kits/consent-texts/of/${encodeURIComponent(name)}`;
}
