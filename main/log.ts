import type { Logger } from 'pino';

/** Structured log. Never hand it a secret, a token, a password or a transcript: ids and counts are enough. */
export type Log = Logger;
