// A net below the rule that nothing secret is handed to the log: what a person said, typed or signs in with does not
// get through, however deep in an object, an error or an address it is.

const REMOVED = '[removed]';
const DEEPEST = 8;
const LONGEST_TEXT = 4000;

/** Keys whose values are never logged, in any spelling: passwordHash, DATABASE_PASSWORD, set-cookie. */
const secretKey =
  /pass(word|phrase)|secret|token|cookie|authorization|transcript|e-?mail|parameters|content$/i;

/** Fields of errors, of Node and of PostgreSQL, that name things and never quote a value. */
const safeErrorFields = [
  'code',
  'errno',
  'syscall',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
];

/** A copy of what is to be logged without the values of secret keys, bytes, and anything past eight levels. */
export function scrub(object: Record<string, unknown>): Record<string, unknown> {
  return scrubEntries(object, 0, new Set());
}

/**
 * An error as it may be logged: what it is, where it was thrown, and its cause. Queries and their parameters are left
 * out, and so are messages by which PostgreSQL quotes a value (class 22, data exceptions; `detail`).
 */
export function scrubError(error: unknown): unknown {
  return scrubErrorAt(error, 0);
}

/** The last look at a line: what addresses carry. */
export function scrubLine(line: string): string {
  return line
    .replace(/([?&]token=)[^&"\\\s]+/gi, `$1${REMOVED}`)
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]+:)[^\s/@"]+@/gi, `$1${REMOVED}@`);
}

function scrubValue(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return scrubErrorAt(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEEPEST || above.has(value)) return '[…]';
  const inside = new Set(above).add(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, depth + 1, inside));
  return scrubEntries(value, depth, inside);
}

function scrubEntries(object: object, depth: number, above: Set<object>): Record<string, unknown> {
  const scrubbed: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    scrubbed[key] = secretKey.test(key) ? REMOVED : scrubValue(read(object, key), depth + 1, above);
  }
  return scrubbed;
}

function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}

function scrubErrorAt(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return scrubValue(error, depth, new Set());
  const fields = error as Error & Record<string, unknown>;
  return {
    type: error.constructor.name,
    message: quotesAValue(fields.code) ? REMOVED : shortened(error.message),
    // Without its first lines, which repeat the message.
    stack: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
    ...Object.fromEntries(
      safeErrorFields.filter((field) => isPlain(fields[field])).map((field) => [field, fields[field]]),
    ),
    ...(error.cause !== undefined && depth < DEEPEST ? { cause: scrubErrorAt(error.cause, depth + 1) } : {}),
  };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function quotesAValue(code: unknown): boolean {
  return typeof code === 'string' && /^22...$/.test(code);
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)`;
}
