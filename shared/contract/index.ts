import type { z } from 'zod';
import { accountsEvents, accountsOperations } from './accounts.ts';
import { appEvents, appOperations } from './app.ts';
import { auditOperations } from './audit.ts';
import { candidatesOperations } from './candidates.ts';
import { deskOperations } from './desk.ts';
import { interviewsEvents, interviewsOperations } from './interviews.ts';
import { libraryOperations } from './library.ts';
import { recordingsOperations } from './recordings.ts';
import { storageEvents, storageOperations } from './storage.ts';

/** Every operation, by name. What is not here cannot be asked of main. */
export const operations = {
  ...appOperations,
  ...accountsOperations,
  ...libraryOperations,
  ...interviewsOperations,
  ...recordingsOperations,
  ...storageOperations,
  ...deskOperations,
  ...candidatesOperations,
  ...auditOperations,
} as const;

export type OperationName = keyof typeof operations;
/** What a caller passes, before defaults are filled in. */
export type InputOf<N extends OperationName> = z.input<(typeof operations)[N]['input']>;
/** What a handler is given. */
export type ParsedInputOf<N extends OperationName> = z.output<(typeof operations)[N]['input']>;
export type OutputOf<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

/** Every event that main sends to its windows, by name. */
export const events = { ...appEvents, ...accountsEvents, ...interviewsEvents, ...storageEvents } as const;

export type EventName = keyof typeof events;
export type PayloadOf<N extends EventName> = z.output<(typeof events)[N]>;
