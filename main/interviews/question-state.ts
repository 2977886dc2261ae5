/**
 * SQL that tells how far a question is, over a row of `questions` and its row of `answers`, if any. The only place
 * where this is said.
 */

/**
 * A take that has ended and is not discarded, or words that were typed; also where they went by a retention rule since. Null
 * where there is no answer.
 */
export const isAnswered = `(
  answers.transcript <> '' OR answers.transcript_removed_at IS NOT NULL
  OR EXISTS (
    SELECT FROM takes
    WHERE takes.answer_id = answers.id AND takes.state <> 'RECORDING' AND takes.discarded_at IS NULL
  )
)`;

/**
 * NOT_ASKED, ASKED, SKIPPED or ANSWERED; what was answered stays so, whatever happened before or after. One that was
 * passed over without being asked was not asked.
 */
export const questionState = `CASE
  WHEN ${isAnswered} THEN 'ANSWERED'
  WHEN questions.skipped_at IS NOT NULL AND questions.asked_at IS NOT NULL THEN 'SKIPPED'
  WHEN questions.asked_at IS NOT NULL THEN 'ASKED'
  ELSE 'NOT_ASKED'
END`;
