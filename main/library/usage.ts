import { fewestRated } from '../../shared/model/library.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { isRevealed } from '../desk/read-desk-interview.ts';

/**
 * SQL for a table `owed (library_question_id, times, points)`: the scores in interviews for which a person still owes
 * their scorecard. What others gave there is hidden from them, also inside a mean: before and after would tell it.
 *
 * @param person the parameter that holds the person's id
 */
export function owedScores(person: string): string {
  return `
    SELECT questions.library_question_id, count(*) AS times, sum(answers.score) AS points
    FROM interviews
    JOIN questions ON questions.interview_id = interviews.id
    JOIN answers ON answers.question_id = questions.id AND answers.score IS NOT NULL
    WHERE interviews.id IN (SELECT interview_id FROM panel_members WHERE user_id = ${person})
      AND ${isOnPanel(person)} AND NOT ${isRevealed(person)}
    GROUP BY questions.library_question_id
  `;
}

/**
 * SQL for the mean score of a question's answers in interviews, those in `owed` left out; null where there are too few to
 * be nobody's own score. Practice does not count.
 *
 * @param library what the statement calls `library_questions`
 */
export function averageScore(library: string): string {
  const rated = `${library}.rated_count - coalesce(owed.times, 0)`;
  return `CASE WHEN ${rated} >= ${fewestRated}
    THEN ((${library}.score_total - coalesce(owed.points, 0)) / (${rated}))::float8 END`;
}
