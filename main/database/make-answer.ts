import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

/** Makes the row of a question's answer where there is none yet; somebody else doing so at the same time is no error. */
export async function makeAnswer(manager: EntityManager, questionId: string): Promise<void> {
  await manager.query(
    'INSERT INTO answers (id, question_id) VALUES ($1, $2) ON CONFLICT (question_id) DO NOTHING',
    [v7(), questionId],
  );
}
