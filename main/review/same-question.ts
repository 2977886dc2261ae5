/**
 * SQL over a row of `questions`: alike for the same question in different interviews, which is the same one of the
 * library, whatever version of it was asked, or the same text where it is from nowhere. The table has indexes on this.
 */
export const sameQuestion = 'coalesce(questions.library_question_id::text, md5(questions.content))';
