/** Why the engine was ended and opened anew. */
export type RestartReason =
  | 'query time limit'
  | 'upkeep time limit'
  | 'crash'
  | 'failed checkpoint'
  | 'requested';

/** What every error of the embedded engine has: a `code` for programs, a message for people. */
export abstract class EmbeddedEngineError extends Error {
  abstract readonly code: EngineErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

export type EngineErrorCode =
  | 'ENGINE_OTHER_VERSION'
  | 'ENGINE_FOLDER_DAMAGED'
  | 'ENGINE_DISK_FULL'
  | 'ENGINE_TEMPLATE_UNUSABLE'
  | 'ENGINE_OPEN_FAILED'
  | 'ENGINE_RESTARTED'
  | 'ENGINE_CLOSED';

/** The folder was written by another major version of PostgreSQL. Nothing was changed in it. */
export class EngineVersionError extends EmbeddedEngineError {
  readonly code = 'ENGINE_OTHER_VERSION';
}

/** The folder is not (or no longer) a database that PostgreSQL can open. Nothing was deleted. */
export class EngineDamagedError extends EmbeddedEngineError {
  readonly code = 'ENGINE_FOLDER_DAMAGED';
}

/** The disk has no room for what opening needs to write, or had none for what queries under way have written. */
export class EngineDiskFullError extends EmbeddedEngineError {
  readonly code = 'ENGINE_DISK_FULL';
}

/** The template for the first start is missing, unreadable, or of another version. */
export class EngineTemplateError extends EmbeddedEngineError {
  readonly code = 'ENGINE_TEMPLATE_UNUSABLE';
}

/** Opening failed for a reason that says nothing against the folder: time limit, worker that did not start. */
export class EngineOpenError extends EmbeddedEngineError {
  readonly code = 'ENGINE_OPEN_FAILED';
}

/**
 * The engine was ended and is opened anew. Queries under way reject with this; what had been committed is
 * there, what had not is rolled back, and for a commit under way either may be the case.
 */
export class EngineRestartedError extends EmbeddedEngineError {
  readonly code = 'ENGINE_RESTARTED';
  readonly reason: RestartReason;

  constructor(reason: RestartReason, detail?: string) {
    super(`The database was ended and opened anew (${reason}${detail ? `: ${detail}` : ''}). Try again.`);
    this.reason = reason;
  }
}

/** The engine was closed, or is about to be. */
export class EngineClosedError extends EmbeddedEngineError {
  readonly code = 'ENGINE_CLOSED';

  constructor() {
    super('The database is closed.');
  }
}

/** An error of opening, as it travels from the worker. */
export interface OpenFailure {
  code: EngineErrorCode;
  message: string;
}

/** The typed error for a failure that the worker has reported. */
export function openError({ code, message }: OpenFailure): EmbeddedEngineError {
  switch (code) {
    case 'ENGINE_OTHER_VERSION':
      return new EngineVersionError(message);
    case 'ENGINE_FOLDER_DAMAGED':
      return new EngineDamagedError(message);
    case 'ENGINE_DISK_FULL':
      return new EngineDiskFullError(message);
    case 'ENGINE_TEMPLATE_UNUSABLE':
      return new EngineTemplateError(message);
    case 'ENGINE_CLOSED':
      return new EngineClosedError();
    case 'ENGINE_RESTARTED':
    case 'ENGINE_OPEN_FAILED':
      return new EngineOpenError(message);
  }
}

/** Whether an error of the operating system, or a line of PostgreSQL's log, speaks of a full disk. */
export function speaksOfFullDisk(text: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text);
}
