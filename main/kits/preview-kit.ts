import type { EntityManager } from 'typeorm';
import type { KitDefinition, KitPreview, KitProblem } from '../../shared/contract/kits.ts';
import type { Library } from '../library/library.ts';
import { chooseConsentText, chooseQuestions } from './choose-questions.ts';

/** What a candidate would see of an interview of this kit, drawn for no one in particular. Reads only. */
export async function previewKit(
  manager: EntityManager,
  library: Pick<Library, 'draw'>,
  definition: KitDefinition,
): Promise<KitPreview> {
  const { text, problem } = await chooseConsentText(manager, definition);
  const { chosen, problems } = await chooseQuestions(manager, library, definition, null);
  return {
    welcome: definition.welcome,
    consentText: text && { name: text.name, version: text.version, body: text.body },
    questions: chosen.map(({ item, question, thinkTimeMs, answerTimeMs }) => ({
      ...{ item, content: question.content, thinkTimeMs, answerTimeMs },
      takesAllowed: definition.takesAllowed,
    })),
    problems: [
      ...(problem ? [problem] : []),
      ...(definition.items.length === 0 ? [asksNothing] : []),
      ...problems,
    ],
  };
}

const asksNothing: KitProblem = {
  item: null,
  hinders: false,
  message:
    'The kit asks nothing yet. In a live interview you can add questions as you go; a one-way interview needs at least one.',
};
