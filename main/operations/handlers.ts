import type { OperationName, OutputOf, operations, ParsedInputOf } from '../../shared/contract/index.ts';
import type { Role } from '../../shared/model/roles.ts';

/**
 * Somebody's window or browser, as main knows it. All windows of the desktop app are one client; in the browser host
 * it is one a cookie. Who is signed in is remembered a client.
 */
export interface ClientIdentity {
  readonly id: string;
  /** For the list of signed-in machines, such as `lotus (desktop app)`. */
  readonly label: string;
}

export interface SignedInPerson {
  readonly id: string;
  readonly role: Role;
  readonly sessionId: string;
}

type PersonFor<N extends OperationName> = (typeof operations)[N]['access'] extends 'anyone'
  ? SignedInPerson | null
  : SignedInPerson;

/** What a handler gets: origin, session, role and input have passed. Ownership is for the handler to check. */
export interface Call<N extends OperationName> {
  readonly input: ParsedInputOf<N>;
  readonly person: PersonFor<N>;
  readonly client: ClientIdentity;
}

export type Handler<N extends OperationName> = (call: Call<N>) => Promise<OutputOf<N>>;

/** A handler for every operation named. */
export type Handlers<N extends OperationName = OperationName> = { readonly [K in N]: Handler<K> };

/** A handler for every operation of a feature, by the part of its name before the dot. */
export type HandlersOf<Feature extends string> = Handlers<Extract<OperationName, `${Feature}.${string}`>>;
