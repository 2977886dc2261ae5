import type { z } from 'zod';
import { accountsEvents, accountsOperations } from './accounts.ts';
import { appEvents, appOperations } from './app.ts';
import { auditOperations } from './audit.ts';
import { backupsOperations } from './backups.ts';
import { candidatesOperations } from './candidates.ts';
import { consentTextsOperations } from './consent-texts.ts';
import { databaseEvents, databaseOperations } from './database.ts';
import { deskEvents, deskOperations } from './desk.ts';
import { erasureOperations } from './erasure.ts';
import { filtersOperations, findOperations } from './find.ts';
import { healthOperations } from './health.ts';
import { interviewsEvents, interviewsOperations } from './interviews.ts';
import { kitsOperations } from './kits.ts';
import { libraryOperations } from './library.ts';
import { liveOperations } from './live.ts';
import { migrationsOperations } from './migrations.ts';
import { notesOperations } from './notes.ts';
import { oneWayOperations } from './one-way.ts';
import { personalDataEvents, personalDataOperations } from './personal-data.ts';
import { policiesOperations } from './policies.ts';
import { recordingsOperations } from './recordings.ts';
import { retentionEvents, retentionOperations } from './retention.ts';
import { reviewOperations } from './review.ts';
import { scorecardsOperations } from './scorecards.ts';
import { storageEvents, storageOperations } from './storage.ts';

/** Every operation, by name. What is not here cannot be asked of main. */
export const operations = {
  ...appOperations,
  ...databaseOperations,
  ...backupsOperations,
  ...migrationsOperations,
  ...accountsOperations,
  ...libraryOperations,
  ...interviewsOperations,
  ...recordingsOperations,
  ...storageOperations,
  ...deskOperations,
  ...liveOperations,
  ...notesOperations,
  ...scorecardsOperations,
  ...reviewOperations,
  ...healthOperations,
  ...kitsOperations,
  ...consentTextsOperations,
  ...findOperations,
  ...filtersOperations,
  ...candidatesOperations,
  ...auditOperations,
  ...oneWayOperations,
  ...erasureOperations,
  ...policiesOperations,
  ...retentionOperations,
  ...personalDataOperations,
} as const;

export type OperationName = keyof typeof operations;
/** What a caller passes, before defaults are filled in. */
export type InputOf<N extends OperationName> = z.input<(typeof operations)[N]['input']>;
/** What a handler is given. */
export type ParsedInputOf<N extends OperationName> = z.output<(typeof operations)[N]['input']>;
export type OutputOf<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

/** Every event that main sends to its windows, by name. */
export const events = {
  ...appEvents,
  ...accountsEvents,
  ...interviewsEvents,
  ...storageEvents,
  ...deskEvents,
  ...databaseEvents,
  ...retentionEvents,
  ...personalDataEvents,
} as const;

export type EventName = keyof typeof events;
export type PayloadOf<N extends EventName> = z.output<(typeof events)[N]>;
