import { algorithms } from './algorithms.ts';
import { codeQuality } from './code-quality.ts';
import { collaboration } from './collaboration.ts';
import { concurrency } from './concurrency.ts';
import { databases } from './databases.ts';
import { networking } from './networking.ts';
import { operations } from './operations.ts';
import { security } from './security.ts';
import type { StarterQuestion } from './starter-question.ts';
import { systemDesign } from './system-design.ts';
import { testing } from './testing.ts';

/** The interview questions that come with Parley, competency by competency. */
export const starterLibrary: readonly StarterQuestion[] = [
  ...algorithms,
  ...codeQuality,
  ...systemDesign,
  ...databases,
  ...concurrency,
  ...networking,
  ...testing,
  ...operations,
  ...security,
  ...collaboration,
];
