import type { InterviewRow } from '../../shared/contract/interviews.ts';
import { count } from '../lib/formats.ts';
import { kindWords } from '../lib/words.ts';
import { SummaryRow } from './SummaryRow.tsx';

/** A practice interview in a list. */
export function InterviewSummary({ interview }: { interview: InterviewRow }) {
  const { title, kind, answeredCount, questionCount, startedAt, createdAt, status, score } = interview;
  return (
    <SummaryRow
      title={title || `${kindWords[kind]} interview`}
      details={`${answeredCount} of ${count(questionCount, 'question')} answered`}
      moment={startedAt ?? createdAt}
      {...{ status, score }}
    />
  );
}
