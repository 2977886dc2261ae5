import { Answer } from './answer.ts';
import { Interview } from './interview.ts';
import { LibraryQuestion } from './library-question.ts';
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
] as const;

export { Answer, Interview, LibraryQuestion, Question, Session, Setting, SignInThrottle, Take, User };
