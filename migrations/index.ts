import { Accounts1795453200000 } from './1795453200000-Accounts.ts';
import { Library1795453201000 } from './1795453201000-Library.ts';
import { Interviews1795453202000 } from './1795453202000-Interviews.ts';
import { Takes1795453203000 } from './1795453203000-Takes.ts';
import { PurgedInterviews1795453204000 } from './1795453204000-PurgedInterviews.ts';
import { RecoveredTakes1795453210000 } from './1795453210000-RecoveredTakes.ts';

/** Every migration, oldest first. A new one is added here by `npm run migration:generate`, or by hand. */
export const migrations = [
  Accounts1795453200000,
  Library1795453201000,
  Interviews1795453202000,
  Takes1795453203000,
  PurgedInterviews1795453204000,
  RecoveredTakes1795453210000,
] as const;
