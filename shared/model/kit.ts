/** What of a kit's items says how long its interviews are. */
interface KitSize {
  readonly items: readonly {
    readonly type: 'QUESTION' | 'DRAW';
    /** Of a draw. */
    readonly count?: number;
    readonly thinkTimeMs?: number | undefined;
    readonly answerTimeMs?: number | undefined;
  }[];
  readonly thinkTimeMs: number;
  readonly answerTimeMs: number;
}

/** How many questions an interview of this kit asks. */
export function kitQuestionCount({ items }: Pick<KitSize, 'items'>): number {
  return items.reduce((sum, item) => sum + (item.type === 'DRAW' ? (item.count ?? 0) : 1), 0);
}

/** How long an interview of this kit takes at most, ms, when each question is answered once: thinking and answering. */
export function kitPlannedMs(kit: KitSize): number {
  return kit.items.reduce((sum, item) => {
    const questions = item.type === 'DRAW' ? (item.count ?? 0) : 1;
    return (
      sum + questions * ((item.thinkTimeMs ?? kit.thinkTimeMs) + (item.answerTimeMs ?? kit.answerTimeMs))
    );
  }, 0);
}
