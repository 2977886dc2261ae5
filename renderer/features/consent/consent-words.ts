import type { Consent, DeskInterview } from '../../../shared/contract/desk.ts';
import { isWithdrawn } from '../../../shared/model/consent.ts';
import { formatMoment } from '../../lib/formats.ts';

type Said = Pick<DeskInterview, 'consents' | 'consentText'>;

/** Where an interview stands with its candidate's consent, in a few words. */
export function consentWords({ consents, consentText }: Said): string {
  const [last] = consents;
  if (!consentText) return 'Held without recording';
  if (!last) return `Not asked yet: “${consentText.name}”, version ${consentText.version}`;
  return `${decisionWords(consents, 0)} “${last.name}”, version ${last.version}, ${formatMoment(last.decidedAt)}`;
}

/** One of the things that were said, by its place among them: whether it took the one before it back. */
export function decisionWords(consents: readonly Consent[], index: number): string {
  if (consents[index]?.decision === 'AGREED') return 'Agreed to';
  return isWithdrawn(consents.slice(index)) ? 'Took back their agreement to' : 'Declined';
}

export function notedByWords({ byCandidate, notedBy }: Consent): string {
  if (byCandidate) return 'on their own screen';
  return notedBy ? `noted by ${notedBy.name}` : 'noted by somebody who is gone';
}
