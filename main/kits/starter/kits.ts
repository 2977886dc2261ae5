import type { KitDefinition, KitItem } from '../../../shared/contract/kits.ts';
import { usualAnchors } from '../../../shared/model/anchors.ts';
import { starterConsentText } from './consent-text.ts';

type Draw = Extract<KitItem, { type: 'DRAW' }>;

/** A kit that comes with Parley; it names fixed questions by the starter library's slugs. */
export interface StarterKit {
  readonly name: string;
  readonly definition: Omit<KitDefinition, 'items'>;
  readonly items: readonly (
    | Draw
    | { readonly slug: string; readonly thinkTimeMs?: number; readonly answerTimeMs?: number }
  )[];
}

const minute = 60_000;

function draw(count: number, competencies: string[], also: Partial<Draw> = {}): Draw {
  return {
    ...{ type: 'DRAW', count, competencies, difficulties: [], neverAsked: true },
    ...also,
  };
}

const judged = (weights: Record<string, number>) =>
  Object.entries(weights).map(([key, weight]) => ({ key, weight, levels: usualAnchors(key) }));

export const starterKits: readonly StarterKit[] = [
  {
    name: 'Backend engineer, 45 minutes',
    definition: {
      welcome:
        'Thank you for taking the time. You will hear a few questions on how you build and run software. There is no trick in them: say how you would go about it, and why.',
      instructions: `Begin with a minute on who you are and how the interview goes. Ask every question, in this order, and give each candidate the same time.

Use the follow-ups when an answer stays general. Note what was said, not what you think of it; rate each answer before you ask the next one.

Keep the last five minutes for the candidate’s questions.`,
      difficulty: 'MID',
      thinkTimeMs: 0,
      answerTimeMs: 7 * minute,
      takesAllowed: 1,
      competencies: judged({
        ...{ databases: 2, 'system-design': 2, testing: 1, operations: 1, collaboration: 1 },
      }),
      consentName: starterConsentText.name,
      blind: false,
    },
    items: [
      { slug: 'collaboration-getting-unstuck', answerTimeMs: 5 * minute },
      draw(1, ['databases'], { difficulties: ['MEDIUM'] }),
      draw(1, ['testing', 'operations'], { difficulties: ['MEDIUM'] }),
      draw(1, ['system-design'], { difficulties: ['MEDIUM', 'HARD'], answerTimeMs: 12 * minute }),
      { slug: 'collaboration-own-mistake', answerTimeMs: 5 * minute },
    ],
  },
  {
    name: 'First screening, alone, 15 minutes',
    definition: {
      welcome:
        'Thank you for applying. You will be asked five questions, one at a time, and you answer aloud. You have half a minute to think before each, and may try each answer twice. Take your time: nobody is waiting on the other side.',
      instructions:
        'Listen to all candidates’ answers to one question before you go on to the next: that keeps the scale the same. You see who somebody is once you have submitted your scorecard.',
      difficulty: 'JUNIOR',
      thinkTimeMs: minute / 2,
      answerTimeMs: 2 * minute,
      takesAllowed: 2,
      competencies: judged({ algorithms: 1, 'code-quality': 1, databases: 1, testing: 1, collaboration: 1 }),
      consentName: starterConsentText.name,
      blind: true,
    },
    items: [
      { slug: 'collaboration-plain-explanation' },
      ...['algorithms', 'code-quality', 'databases', 'testing'].map((key) =>
        draw(1, [key], { difficulties: ['EASY'], neverAsked: false }),
      ),
    ],
  },
];
