import { Accounts1795453200000 } from './1795453200000-Accounts.ts';
import { Library1795453201000 } from './1795453201000-Library.ts';
import { Interviews1795453202000 } from './1795453202000-Interviews.ts';
import { Takes1795453203000 } from './1795453203000-Takes.ts';
import { PurgedInterviews1795453204000 } from './1795453204000-PurgedInterviews.ts';
import { RecoveredTakes1795453210000 } from './1795453210000-RecoveredTakes.ts';
import { QuestionLibrary1795453220000 } from './1795453220000-QuestionLibrary.ts';
import { Candidates1795453221000 } from './1795453221000-Candidates.ts';
import { Kits1795453222000 } from './1795453222000-Kits.ts';
import { ConductedInterviews1795453223000 } from './1795453223000-ConductedInterviews.ts';
import { Scorecards1795453224000 } from './1795453224000-Scorecards.ts';
import { SavedFilters1795453225000 } from './1795453225000-SavedFilters.ts';
import { AuditLog1795453226000 } from './1795453226000-AuditLog.ts';
import { Policies1795453227000 } from './1795453227000-Policies.ts';

/** Every migration, oldest first. A new one is added here by `npm run migration:generate`, or by hand. */
export const migrations = [
  Accounts1795453200000,
  Library1795453201000,
  Interviews1795453202000,
  Takes1795453203000,
  PurgedInterviews1795453204000,
  RecoveredTakes1795453210000,
  QuestionLibrary1795453220000,
  Candidates1795453221000,
  Kits1795453222000,
  ConductedInterviews1795453223000,
  Scorecards1795453224000,
  SavedFilters1795453225000,
  AuditLog1795453226000,
  Policies1795453227000,
] as const;
