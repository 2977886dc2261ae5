import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import type { Interview, PracticeSettings } from '../../shared/contract/interviews.ts';
import type { InterviewDifficulty } from '../../shared/model/difficulty.ts';
import { textLimits } from '../../shared/model/limits.ts';
import { Interview as InterviewEntity, Question } from '../database/entities/index.ts';
import type { Library } from '../library/library.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { readInterview } from './read-interviews.ts';

/**
 * Draws questions and makes a PENDING practice interview of them. Its questions are snapshots: the library may change
 * later, what was asked stays.
 *
 * @throws OperationFailure INVALID_INPUT when the competencies hold fewer questions than wanted
 */
export function createPractice(
  { dataSource, library }: { dataSource: DataSource; library: Library },
  person: SignedInPerson,
  settings: PracticeSettings,
): Promise<Interview> {
  const { difficulty, thinkTimeMs, answerTimeMs, takesAllowed } = settings;
  const competencies = [...new Set(settings.competencies)];
  return dataSource.transaction(async (manager) => {
    const drawn = await library.draw(manager, {
      ...{ personId: person.id, difficulty, count: settings.questionCount, competencies },
      forPractice: true,
    });
    const id = v7();
    // Named after what was drawn, so that interviews from one choice of competencies can be told apart.
    const asked = competencies.filter((key) => drawn.some(({ competency }) => competency === key));
    const title = practiceTitle(difficulty, asked);
    await manager.insert(InterviewEntity, {
      ...{ id, userId: person.id, kind: 'PRACTICE', title, difficulty },
    });
    await manager.insert(
      Question,
      drawn.map(({ content, difficulty, competency, covers, probes, levels, ...from }, position) => ({
        ...{ id: v7(), interviewId: id, position },
        ...{ libraryQuestionId: from.id, libraryVersion: from.version },
        ...{ content, difficulty, competency, covers, probes, levels },
        ...{ thinkTimeMs, answerTimeMs, takesAllowed },
      })),
    );
    return readInterview(manager, person, id);
  });
}

const levelNames: Readonly<Record<InterviewDifficulty, string>> = {
  JUNIOR: 'Junior',
  MID: 'Mid-level',
  SENIOR: 'Senior',
};

/** Such as `Mid-level practice: databases, testing, security and 4 more`. */
export function practiceTitle(difficulty: InterviewDifficulty, competencies: readonly string[]): string {
  // Four are named as they are: "and 1 more" would be no shorter.
  const named = competencies.length > 4 ? competencies.slice(0, 3) : competencies;
  const more = competencies.length - named.length;
  const topics = named.map((key) => key.replaceAll('-', ' ')).join(', ');
  const title = `${levelNames[difficulty]} practice: ${topics}${more > 0 ? ` and ${more} more` : ''}`;
  return title.length > textLimits.title ? `${title.slice(0, textLimits.title - 1)}…` : title;
}
