import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '../../application.ts';

/** A browser that came with the token: one client of the application, known by its cookie. */
export interface Visitor {
  readonly client: Client;
  /** Held while the browser listens for events: it is not idle then. */
  listening: number;
  lastSeen: number;
}

/** A day: a laptop may sleep through the night with the page open. */
const IDLE_MS = 24 * 60 * 60 * 1000;

/**
 * Who may come in. The token in the link works once, and is traded for a cookie; of both, only the hash is kept.
 * Nothing of this outlives the process.
 */
export class Visitors {
  readonly #newClient: () => Client;
  readonly #now: () => number;
  readonly #tokens = new Set<string>();
  readonly #visitors = new Map<string, Visitor>();

  constructor(newClient: () => Client, now: () => number = Date.now) {
    this.#newClient = newClient;
    this.#now = now;
  }

  /** A token for one link. */
  invite(): string {
    const token = randomBytes(32).toString('base64url');
    this.#tokens.add(hashed(token));
    return token;
  }

  /** @returns the value of the visitor's cookie, or nothing when the token is wrong or was used */
  admit(token: string): string | undefined {
    this.#dropIdle();
    if (!this.#tokens.delete(hashed(token))) return undefined;
    const cookie = randomBytes(32).toString('base64url');
    this.#visitors.set(hashed(cookie), { client: this.#newClient(), listening: 0, lastSeen: this.#now() });
    return cookie;
  }

  /** Whose cookie it is. */
  find(cookie: string | undefined): Visitor | undefined {
    this.#dropIdle();
    const visitor = cookie === undefined ? undefined : this.#visitors.get(hashed(cookie));
    if (visitor) visitor.lastSeen = this.#now();
    return visitor;
  }

  #dropIdle(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const [key, visitor] of this.#visitors) {
      if (visitor.listening === 0 && visitor.lastSeen < oldest) this.#visitors.delete(key);
    }
  }
}

/** Looked up by hash, so that how long a look-up takes says nothing about a token. */
function hashed(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
