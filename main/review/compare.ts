import type { EntityManager } from 'typeorm';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { candidateOf, isRevealed, withoutScore } from '../desk/read-desk-interview.ts';
import { notFound } from '../interviews/own-interview.ts';
import { readQuestionsById } from '../interviews/read-questions.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { sameQuestion } from './same-question.ts';
import { wantedConditions } from './wanted.ts';

interface FoundRow {
  id: string;
  interviewId: string;
  blind: boolean;
  revealed: boolean;
  candidateId: string;
  candidateName: string;
  askedAt: Date;
}

/** A key's random end: an order that has nothing to do with when or whose, yet stays. */
const shuffled = (key: string) => `right(${key}::text, 12) COLLATE "C"`;

/**
 * A page of the answers to the same question in all interviews whose panel somebody is on, read by key; three queries.
 *
 * @throws OperationFailure NOT_FOUND
 */
export async function compareAnswers(
  manager: EntityManager,
  person: SignedInPerson,
  { questionId, blind, after, limit, ...wanted }: ParsedInputOf<'review.compare'>,
): Promise<OutputOf<'review.compare'>> {
  const [question] = await manager.query<{ same: string }[]>(
    `
    SELECT ${sameQuestion} AS same
    FROM questions JOIN interviews ON interviews.id = questions.interview_id
    WHERE questions.id = $1 AND ${isOnPanel('$2')}
    UNION ALL SELECT id::text FROM library_questions WHERE id = $1
    `,
    [questionId, person.id],
  );
  if (!question) throw notFound('question');
  const parameters: unknown[] = [person.id, question.same];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [
    `${sameQuestion} = $2 AND asked_at IS NOT NULL AND deleted_at IS NULL`,
    ...[isOnPanel('$1'), ...wantedConditions(wanted, parameter)],
  ];
  if (after) {
    const last = `${parameter(after)}::uuid`;
    conditions.push(
      blind
        ? `(${shuffled('questions.id')}, questions.id) > (${shuffled(last)}, ${last})`
        : `questions.id < ${last}`,
    );
  }
  const found = await manager.query<FoundRow[]>(
    `
    SELECT questions.id, interviews.id AS "interviewId", blind, ${isRevealed('$1')} AS revealed,
      candidate.id AS "candidateId", candidate.name AS "candidateName", asked_at AS "askedAt"
    FROM questions
    JOIN interviews ON interviews.id = questions.interview_id
    JOIN users AS candidate ON candidate.id = interviews.user_id
    WHERE ${conditions.join(' AND ')}
    ORDER BY ${blind ? `${shuffled('questions.id')}, questions.id` : 'questions.id DESC'}
    LIMIT ${limit + 1}
    `,
    parameters,
  );
  const shown = found.slice(0, limit);
  const questions = await readQuestionsById(
    manager,
    shown.map(({ id }) => id),
  );
  const byId = new Map(questions.map((each) => [each.id, each]));
  return {
    rows: shown.flatMap((row) => {
      const { id, interviewId, revealed, askedAt } = row;
      const read = byId.get(id);
      if (!read) return [];
      const hidden = blind ? { ...row, blind: true, revealed: false } : row;
      return [
        {
          ...{ interviewId, revealed },
          candidate: candidateOf({ ...hidden, id: interviewId }),
          askedAt: blind ? null : askedAt.toISOString(),
          question: revealed ? read : withoutScore(read),
        },
      ];
    }),
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
