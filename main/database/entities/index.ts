import { Answer } from './answer.ts';
import { Interview } from './interview.ts';
import { LibraryQuestion } from './library-question.ts';
import { PurgedInterview } from './purged-interview.ts';
import { Question } from './question.ts';
import { Session } from './session.ts';
import { Setting } from './setting.ts';
import { SignInThrottle } from './sign-in-throttle.ts';
import { Take } from './take.ts';
import { User } from './user.ts';

/** Every entity, listed by hand so that a bundle holds just these. */
export const entities = [
  User,
  Session,
  SignInThrottle,
  Setting,
  LibraryQuestion,
  Interview,
  Question,
  Answer,
  Take,
  PurgedInterview,
] as const;

export {
  Answer,
  Interview,
  LibraryQuestion,
  PurgedInterview,
  Question,
  Session,
  Setting,
  SignInThrottle,
  Take,
  User,
};
