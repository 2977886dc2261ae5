import type { Question, Take } from '../../shared/contract/interviews.ts';

/** A question as far as answering it goes, wherever somebody answers alone. */
export type AnswerableQuestion = Pick<
  Question,
  'id' | 'position' | 'content' | 'thinkTimeMs' | 'answerTimeMs' | 'takesAllowed' | 'state'
> & { answer: Pick<NonNullable<Question['answer']>, 'transcript' | 'takes' | 'discarded'> | null };

export function isOpen({ state }: Pick<Question, 'state'>): boolean {
  return state === 'NOT_ASKED' || state === 'ASKED';
}

/** The first question after this one that is neither answered nor skipped; failing that, the first of all. */
export function nextOpen(questions: readonly Question[], afterId: string | null): Question | null {
  const after = questions.findIndex(({ id }) => id === afterId);
  return questions.slice(after + 1).find(isOpen) ?? questions.find(isOpen) ?? null;
}

/**
 * Where an interview goes on that was left in the middle: at the answer that was broken off, if there is one, to keep
 * it or record it again; else at the first question that is open.
 */
export function whereToGoOn(questions: readonly Question[]): { question: Question; review: boolean } | null {
  const broken = questions.findLast(({ state }) => state !== 'NOT_ASKED');
  const isBroken =
    broken?.state === 'ANSWERED' &&
    broken.answer?.level === null &&
    broken.answer.takes.at(-1)?.offered === true;
  if (broken && isBroken) return { question: broken, review: true };
  const open = nextOpen(questions, null);
  return open && { question: open, review: false };
}

export function takesLeft({ takesAllowed, answer }: AnswerableQuestion): number {
  return Math.max(0, takesAllowed - (answer?.takes.length ?? 0));
}

/** The take that counts: the chosen one, else the last. */
export function chosenTake({ answer }: Pick<AnswerableQuestion, 'answer'>): Take | null {
  return answer?.takes.find(({ chosen }) => chosen) ?? answer?.takes.at(-1) ?? null;
}
