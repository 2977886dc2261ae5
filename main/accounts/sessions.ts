import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { SignedInMachine } from '../../shared/contract/accounts.ts';
import type { Role } from '../../shared/model/roles.ts';
import { isConnectionLoss } from '../database/connection-failure.ts';
import { Session } from '../database/entities/index.ts';
import type { EventHub } from '../events.ts';
import type { Log } from '../log.ts';
import type { ClientIdentity, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { expiry, readSignInLimits } from '../policies/sign-in-limits.ts';
import type { RememberedToken } from './remembered-token.ts';

/** A session that another process has ended is noticed after this long at most. */
const CHECK_AFTER_MS = 30_000;

/** A database that is away or busy does not hold anybody up for longer: an answer may be being recorded. */
const CHECK_PATIENCE_MS = 2000;

/** A session's row, made and not yet anybody's here. The token is known only now: the row has its hash. */
export interface NewSession {
  readonly id: string;
  readonly token: string;
  readonly remembered: boolean;
}

/** Who is signed in at a client. The token itself is not kept in memory. */
interface SignedIn {
  person: SignedInPerson;
  readonly tokenHash: string;
  /** By the monotonic clock, so that a clock that is set back does not make a session last. */
  checkedAt: number;
}

/** A session in the database that is alive, of a person who may sign in. */
interface LiveSession {
  id: string;
  userId: string;
  role: Role;
  tokenHash: string;
  /** Not noted as used for some minutes. */
  idle: boolean;
}

/** Who is signed in where: in memory for the clients of this process, in the database for everybody. */
export class Sessions {
  readonly #database: { readonly dataSource: DataSource };
  readonly #events: EventHub;
  readonly #log: Log;
  readonly #rememberedToken: RememberedToken;
  readonly #signedIn = new Map<string, SignedIn>();
  /** Clients where somebody was signed in. They are not signed in by the remembered session again. */
  readonly #used = new Set<string>();

  constructor(parts: {
    database: { readonly dataSource: DataSource };
    events: EventHub;
    log: Log;
    rememberedToken: RememberedToken;
  }) {
    this.#database = parts.database;
    this.#events = parts.events;
    this.#log = parts.log;
    this.#rememberedToken = parts.rememberedToken;
  }

  /** Makes the row of a session, within the transaction that has made sure of the person. */
  async create(
    manager: EntityManager,
    session: { userId: string; client: ClientIdentity; remember: boolean },
  ): Promise<NewSession> {
    const { userId, client, remember } = session;
    const made = { id: v7(), token: randomBytes(32).toString('base64url'), remembered: remember };
    await manager.query('DELETE FROM sessions WHERE user_id = $1 AND expires_at <= now()', [userId]);
    await manager.query(
      `INSERT INTO sessions (id, user_id, token_hash, label, remembered, last_used_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, now(), now())`,
      [made.id, userId, hashOf(made.token), client.label.slice(0, 200), remember],
    );
    await this.#setExpiry(manager, made.id);
    return made;
  }

  /** Signs a client in, once the session's row is committed. Who was signed in there before is signed out. */
  async enter(
    client: ClientIdentity,
    session: NewSession,
    person: { id: string; role: Role },
  ): Promise<void> {
    await this.leave(client);
    if (session.remembered) await this.#remember(session);
    this.#admit(client, session.id, hashOf(session.token), person);
  }

  /** Signs a client in by the session that this machine remembers, unless somebody was signed in there before. */
  async resume(client: ClientIdentity): Promise<SignedInPerson | null> {
    if (this.#used.has(client.id)) return null;
    const token = await this.#rememberedToken.read();
    if (token === null) return null;
    const live = await this.#find('token_hash', hashOf(token));
    if (!live || this.#used.has(client.id)) return this.#signedIn.get(client.id)?.person ?? null;
    await this.#touch(live);
    return this.#admit(client, live.id, live.tokenHash, { id: live.userId, role: live.role });
  }

  /**
   * Who is signed in at a client; looks again whether the session still stands where it has not for a while. Where the
   * database does not say, it stands: there is nothing to be had of that database meanwhile, and what is recorded to
   * disk goes on.
   */
  async personOf(client: ClientIdentity): Promise<SignedInPerson | null> {
    const entry = this.#signedIn.get(client.id);
    if (!entry) return null;
    if (performance.now() - entry.checkedAt >= CHECK_AFTER_MS) await this.#checkInTime(entry);
    return this.#signedIn.get(client.id) === entry ? entry.person : null;
  }

  /** Who is signed in at a client, as far as is known without asking the database. */
  personIdAt(client: ClientIdentity): string | null {
    return this.#signedIn.get(client.id)?.person.id ?? null;
  }

  /** Signs a client out. Works without a database too: then the row stays until it expires, and nobody has its token. */
  async leave(client: ClientIdentity): Promise<void> {
    this.#used.add(client.id);
    const entry = this.#signedIn.get(client.id);
    if (!entry) return;
    this.#signedIn.delete(client.id);
    await this.#forgetHere(entry.person.sessionId, entry.tokenHash);
    try {
      await this.#database.dataSource.manager.delete(Session, { id: entry.person.sessionId });
    } catch (error) {
      this.#log.warn({ err: error, sessionId: entry.person.sessionId }, 'signed out without the database');
    }
  }

  /** The machines where a person is signed in, the last used first. */
  async list(person: SignedInPerson): Promise<SignedInMachine[]> {
    const rows = await this.#database.dataSource
      .createQueryBuilder(Session, 'session')
      .where('session.user_id = :personId AND session.expires_at > now()', { personId: person.id })
      .orderBy('session.last_used_at', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .getMany();
    return rows.map((row) => ({
      id: row.id,
      label: row.label,
      remembered: row.remembered,
      current: row.id === person.sessionId,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
    }));
  }

  /**
   * Ends one session of a person, here and wherever else it is open.
   *
   * @returns false when the person has no such session
   */
  async revoke(personId: string, sessionId: string): Promise<boolean> {
    const { manager } = this.#database.dataSource;
    const { tokenHash } = (await manager.findOneBy(Session, { id: sessionId, userId: personId })) ?? {};
    if (tokenHash === undefined) return false;
    await manager.delete(Session, { id: sessionId });
    await this.#forgetHere(sessionId, tokenHash);
    return true;
  }

  /** Deletes the rows of every other session of a person; `dropOthers` follows once that is committed. */
  async deleteOthers(manager: EntityManager, person: SignedInPerson): Promise<void> {
    await manager.query('DELETE FROM sessions WHERE user_id = $1 AND id <> $2', [
      person.id,
      person.sessionId,
    ]);
  }

  dropOthers(person: SignedInPerson): void {
    for (const [clientId, entry] of this.#signedIn) {
      if (entry.person.id === person.id && entry.person.sessionId !== person.sessionId) this.#drop(clientId);
    }
  }

  /** Deletes the rows of all sessions of a person; `dropAll` follows once that is committed. */
  async deleteAll(manager: EntityManager, personId: string): Promise<void> {
    await manager.query('DELETE FROM sessions WHERE user_id = $1', [personId]);
  }

  dropAll(personId: string): void {
    for (const [clientId, entry] of this.#signedIn) if (entry.person.id === personId) this.#drop(clientId);
  }

  /** A new role counts here at once, and elsewhere as soon as a session is looked at again. */
  changeRole(personId: string, role: Role): void {
    for (const entry of this.#signedIn.values()) {
      if (entry.person.id === personId) entry.person = { ...entry.person, role };
    }
    this.#events.publish('app.statusChanged', undefined, { personId });
  }

  /** After the database has become another one: whoever has no session there is signed out. */
  async recheck(): Promise<void> {
    for (const entry of [...this.#signedIn.values()]) {
      await this.#check(entry).catch((error: unknown) => {
        this.#log.warn({ err: error, sessionId: entry.person.sessionId }, 'the session could not be checked');
      });
    }
  }

  #admit(
    client: ClientIdentity,
    sessionId: string,
    tokenHash: string,
    { id, role }: { id: string; role: Role },
  ): SignedInPerson {
    const person = { id, role, sessionId };
    this.#used.add(client.id);
    this.#signedIn.set(client.id, { person, tokenHash, checkedAt: performance.now() });
    return person;
  }

  async #checkInTime(entry: SignedIn): Promise<void> {
    entry.checkedAt = performance.now();
    const patience = new AbortController();
    const check = this.#check(entry).catch((error: unknown) => {
      if (!(error instanceof OperationFailure) && !isConnectionLoss(error)) {
        entry.checkedAt = Number.NEGATIVE_INFINITY;
        throw error;
      }
      this.#log.warn({ err: error, sessionId: entry.person.sessionId }, 'the session could not be checked');
    });
    const waited = setTimeout(CHECK_PATIENCE_MS, undefined, { signal: patience.signal }).catch(
      () => undefined,
    );
    await Promise.race([check, waited]);
    patience.abort();
  }

  async #check(entry: SignedIn): Promise<void> {
    const { sessionId } = entry.person;
    const live = await this.#find('id', sessionId);
    if (!live) {
      await this.#forgetHere(sessionId, entry.tokenHash);
      return;
    }
    entry.person = { ...entry.person, role: live.role };
    await this.#touch(live);
  }

  async #find(column: 'id' | 'token_hash', value: string): Promise<LiveSession | undefined> {
    const [live] = await this.#database.dataSource.query<LiveSession[]>(
      `SELECT sessions.id, sessions.user_id AS "userId", users.role, sessions.token_hash AS "tokenHash",
         sessions.last_used_at < now() - interval '5 minutes' AS idle
       FROM sessions JOIN users ON users.id = sessions.user_id
       WHERE sessions.${column} = $1 AND sessions.expires_at > now() AND users.state = 'ACTIVE'`,
      [value],
    );
    return live;
  }

  /** Notes that a session is in use. One that could not be noted is used all the same. */
  async #touch({ id, idle }: LiveSession): Promise<void> {
    if (!idle) return;
    try {
      const { manager } = this.#database.dataSource;
      await manager.query('UPDATE sessions SET last_used_at = now(), updated_at = now() WHERE id = $1', [id]);
      await this.#setExpiry(manager, id);
    } catch (error) {
      this.#log.warn({ err: error, sessionId: id }, 'the use of a session could not be noted');
    }
  }

  async #setExpiry(manager: EntityManager, sessionId: string): Promise<void> {
    const limits = await readSignInLimits(manager);
    await manager.query(`UPDATE sessions SET expires_at = ${expiry(limits)} WHERE id = $1`, [sessionId]);
  }

  /** A full or read-only disk is no reason to refuse somebody; they will be asked to sign in next time. */
  async #remember({ id, token }: NewSession): Promise<void> {
    try {
      await this.#rememberedToken.write(token);
    } catch (error) {
      this.#log.warn({ err: error, sessionId: id }, 'the session cannot be remembered');
      const { manager } = this.#database.dataSource;
      await manager.query('UPDATE sessions SET remembered = false WHERE id = $1', [id]);
      await this.#setExpiry(manager, id);
    }
  }

  /** An ended session: its clients here are told, and the machine no longer remembers it, if it did. */
  async #forgetHere(sessionId: string, tokenHash: string): Promise<void> {
    for (const [clientId, entry] of this.#signedIn) {
      if (entry.person.sessionId === sessionId) this.#drop(clientId);
    }
    const token = await this.#rememberedToken.read();
    if (token !== null && hashOf(token) === tokenHash) await this.#rememberedToken.forget();
  }

  #drop(clientId: string): void {
    this.#signedIn.delete(clientId);
    this.#events.publish('accounts.signedOut', undefined, { clientId });
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
