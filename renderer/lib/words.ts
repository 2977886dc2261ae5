import type { InterviewDifficulty, QuestionDifficulty } from '../../shared/model/difficulty.ts';
import type { InterviewKind, InterviewStatus } from '../../shared/model/interview.ts';
import type { SignInState } from '../../shared/model/invitation.ts';
import type { Role } from '../../shared/model/roles.ts';

/** How the model's values are called on screen. */

export const difficultyWords: Record<InterviewDifficulty, string> = {
  JUNIOR: 'Junior',
  MID: 'Mid-level',
  SENIOR: 'Senior',
};

export const questionDifficultyWords: Record<QuestionDifficulty, string> = {
  EASY: 'Easy',
  MEDIUM: 'Medium',
  HARD: 'Hard',
};

export const kindWords: Record<InterviewKind, string> = {
  LIVE: 'Live',
  ONE_WAY: 'One-way',
  PRACTICE: 'Practice',
};

export const statusWords: Record<InterviewStatus, string> = {
  PENDING: 'Not started',
  IN_PROGRESS: 'In progress',
  COMPLETED: 'Completed',
  ABANDONED: 'Ended early',
};

export const roleWords: Record<Role, string> = {
  CANDIDATE: 'Candidate',
  INTERVIEWER: 'Interviewer',
  ADMIN: 'Admin',
};

/** Whether somebody can sign in. */
export const signInWords: Record<SignInState, string> = {
  READY: 'Can sign in',
  INVITED: 'Invited',
  NONE: 'No code yet',
  DISABLED: 'Disabled',
};
