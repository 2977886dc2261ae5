import type { Kit, KitDefinition, KitItem, KitQuestion } from '../../../shared/contract/kits.ts';
import { practiceLimits } from '../../../shared/model/limits.ts';
import { type DraftHandle, useDraft } from '../../stores/drafts.ts';
import { usePerson } from '../accounts/signed-in.ts';

/** An item as it is edited: with a key that stays its own wherever it is moved, and what a fixed question says. */
export type DraftItem = KitItem & { key: string; question?: Omit<KitQuestion, 'id' | 'archived'> };

/** What the editor changes: a kit's content. */
export interface KitDraft {
  name: string;
  definition: Omit<KitDefinition, 'items'> & { items: DraftItem[] };
}

export const emptyKit: KitDraft = {
  name: '',
  definition: {
    ...{ welcome: '', instructions: '', difficulty: 'MID', items: [], competencies: [] },
    thinkTimeMs: practiceLimits.thinkTimeMs.usual,
    answerTimeMs: 5 * 60_000,
    takesAllowed: 1,
    ...{ consentName: null, blind: false },
  },
};

/** The draft of a kit by its id; of a new one where there is none. */
export function useKitDraft(kit: Kit | null): DraftHandle<KitDraft> {
  const { id } = usePerson();
  return useDraft(
    `${id} kit ${kit?.id ?? 'new'}`,
    kit ? { value: draftOf(kit), version: kit.version } : { value: emptyKit, version: 0 },
    // The name as it is typed: a space at its end is the beginning of its next word.
    (a, b) => a.name === b.name && JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b)),
  );
}

export function draftOf({ name, definition, questions }: Kit): KitDraft {
  const byId = new Map(questions.map((question) => [question.id, question]));
  return {
    name,
    definition: {
      ...definition,
      items: definition.items.map((item, index) => {
        const question = item.type === 'QUESTION' ? byId.get(item.libraryQuestionId) : undefined;
        // Keys are for as long as the draft lives: those of a saved kit follow from its order.
        return { ...item, key: keyOfItem(item, index), ...(question && { question: shown(question) }) };
      }),
    },
  };
}

/** What main is told: without what is for the screen only, and alike for the same content. */
export function contentOf({ name, definition }: KitDraft): { name: string; definition: KitDefinition } {
  return {
    name: name.trim(),
    definition: {
      ...definition,
      items: definition.items.map((item) => {
        const { thinkTimeMs, answerTimeMs } = item;
        const times = {
          ...(thinkTimeMs !== undefined && { thinkTimeMs }),
          ...(answerTimeMs !== undefined && { answerTimeMs }),
        };
        if (item.type === 'QUESTION') {
          return { type: item.type, libraryQuestionId: item.libraryQuestionId, ...times };
        }
        const { type, count, competencies, tags = [], difficulties, neverAsked } = item;
        return {
          ...{ type, count, competencies },
          ...(tags.length > 0 && { tags }),
          ...{ difficulties, neverAsked, ...times },
        };
      }),
    },
  };
}

/** A question of the library as an item at the end of a kit. */
export function questionItem(question: Omit<KitQuestion, 'archived'>): DraftItem {
  return {
    ...{ type: 'QUESTION', libraryQuestionId: question.id, key: question.id },
    question: shown(question),
  };
}

export function drawItem(competencies: string[]): DraftItem {
  return {
    ...{ type: 'DRAW', key: crypto.randomUUID(), count: 1, competencies },
    ...{ difficulties: [], neverAsked: true },
  };
}

/** Puts an item in another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const others = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...others.slice(0, to), item, ...others.slice(to)];
}

function keyOfItem(item: KitItem, index: number): string {
  return item.type === 'QUESTION' ? item.libraryQuestionId : `draw ${index}`;
}

function shown({ content, difficulty, competency }: Omit<KitQuestion, 'archived'>) {
  return { content, difficulty, competency };
}
