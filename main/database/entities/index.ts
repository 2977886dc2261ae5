import { Answer } from './answer.ts';
import { AuditEntry } from './audit-entry.ts';
import { CandidateProfile } from './candidate-profile.ts';
import { Consent } from './consent.ts';
import { ConsentText } from './consent-text.ts';
import { Interview } from './interview.ts';
import { InterviewKit } from './interview-kit.ts';
import { InterviewKitVersion } from './interview-kit-version.ts';
import { LibraryQuestion } from './library-question.ts';
import { LibraryQuestionVersion } from './library-question-version.ts';
import { Note } from './note.ts';
import { PanelMember } from './panel-member.ts';
import { PurgedInterview } from './purged-interview.ts';
import { Question } from './question.ts';
import { Rating } from './rating.ts';
import { RetentionHold, RetentionNotice, RetentionRule, RetentionRun } from './retention.ts';
import { SavedFilter } from './saved-filter.ts';
import { Scorecard } from './scorecard.ts';
import { ScorecardEvent } from './scorecard-event.ts';
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
  LibraryQuestionVersion,
  Interview,
  Question,
  Answer,
  Take,
  PurgedInterview,
  CandidateProfile,
  Consent,
  ConsentText,
  InterviewKit,
  InterviewKitVersion,
  Note,
  PanelMember,
  Rating,
  Scorecard,
  ScorecardEvent,
  AuditEntry,
  SavedFilter,
  RetentionRule,
  RetentionNotice,
  RetentionHold,
  RetentionRun,
] as const;

export {
  Answer,
  AuditEntry,
  CandidateProfile,
  Consent,
  ConsentText,
  Interview,
  InterviewKit,
  InterviewKitVersion,
  LibraryQuestion,
  LibraryQuestionVersion,
  Note,
  PanelMember,
  PurgedInterview,
  Question,
  Rating,
  SavedFilter,
  Scorecard,
  ScorecardEvent,
  Session,
  Setting,
  SignInThrottle,
  Take,
  User,
};
