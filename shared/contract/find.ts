import { z } from 'zod';
import { questionDifficulties } from '../model/difficulty.ts';
import { interviewKinds, interviewStatuses } from '../model/interview.ts';
import { everyRole, operation } from './operation.ts';
import { id, nothing, storableText, timestamp } from './shapes.ts';

const found = z.object({
  /** Candidates; for interviewers. */
  people: z.array(z.object({ id, name: z.string(), email: z.string() })),
  /** One's own, and those whose panel one is on. */
  interviews: z.array(
    z.object({
      id,
      kind: z.enum(interviewKinds),
      title: z.string(),
      status: z.enum(interviewStatuses),
      /** Null for one's own. In a blind interview a made-up name, until one's own scorecard is submitted. */
      candidateName: z.string().nullable(),
      /** When it began, is planned for, or was made. */
      at: timestamp,
    }),
  ),
  /** Of the library; for interviewers. */
  questions: z.array(
    z.object({ id, content: z.string(), competency: z.string(), difficulty: z.enum(questionDifficulties) }),
  ),
  /** For interviewers. */
  kits: z.array(z.object({ id, name: z.string() })),
});
export type Found = z.infer<typeof found>;

/** The lists whose filters can be kept. */
export const filterScreens = ['history', 'library', 'candidates', 'desk', 'kits', 'review'] as const;
export type FilterScreen = (typeof filterScreens)[number];

/** The parameters of a list's address. */
const filter = z
  .record(storableText.max(40), storableText.max(500))
  .refine((parameters) => Object.keys(parameters).length <= 20, 'At most 20 filters together.');

const filterName = storableText.trim().min(1, 'Please name the filter.').max(80, 'At most 80 characters.');

const savedFilter = z.object({ id, screen: z.enum(filterScreens), name: z.string(), filter });
export type SavedFilter = z.infer<typeof savedFilter>;

/** How many filters a person may keep for one list. */
export const filtersPerScreen = 50;

export const findOperations = {
  /** What has all the words in it, wherever in it and whatever their case; a few of each kind. Rights as in the lists. */
  'find.search': operation({
    access: everyRole,
    input: z.object({
      text: storableText.trim().min(1).max(200),
      /** Of each kind. */
      limit: z.int().min(1).max(20).default(5),
    }),
    output: found,
  }),
} as const;

/** Filters are one's own: nobody else sees or changes them. */
export const filtersOperations = {
  /** By name. */
  'filters.list': operation({
    access: everyRole,
    input: z.object({ screen: z.enum(filterScreens) }),
    output: z.array(savedFilter),
  }),
  /** Under a name that is taken already: CONFLICT, unless `replace` says that it is meant. */
  'filters.save': operation({
    access: everyRole,
    input: z.object({
      screen: z.enum(filterScreens),
      name: filterName,
      filter,
      replace: z.boolean().default(false),
    }),
    output: savedFilter,
  }),
  'filters.rename': operation({
    access: everyRole,
    input: z.object({ id, name: filterName }),
    output: savedFilter,
  }),
  /** Harmless when repeated. */
  'filters.remove': operation({ access: everyRole, input: z.object({ id }), output: nothing }),
} as const;
