import { fewestRated } from '../../shared/model/library.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { isRevealed } from '../desk/read-desk-interview.ts';

/**
 * SQL for the mean score of a library question's answers in interviews; practice does not count. An interview in which
 * the person still owes a scorecard is left out, since a mean before and after it would tell what others gave; so is a
 * mean of fewer than three.
 *
 * @param question SQL that gives the library question's id
 * @param person the parameter that holds the person's id
 */
export function averageScore(question: string, person: string): string {
  return `(
    SELECT CASE WHEN count(*) >= ${fewestRated} THEN avg(answers.score)::float8 END
    FROM questions
    JOIN answers ON answers.question_id = questions.id
    JOIN interviews ON interviews.id = questions.interview_id
    WHERE questions.library_question_id = ${question} AND answers.score IS NOT NULL
      AND interviews.kind <> 'PRACTICE' AND interviews.deleted_at IS NULL
      AND (NOT ${isOnPanel(person)} OR ${isRevealed(person)})
  )`;
}
