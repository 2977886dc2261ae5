import type { EventName, PayloadOf } from '../shared/contract/index.ts';

/** Whom an event is for; everybody when left out. */
export interface Audience {
  personId?: string;
  clientId?: string;
}

export type EventListener = <N extends EventName>(name: N, payload: PayloadOf<N>, audience: Audience) => void;

/** What features publish and the hosts pass on to their windows. */
export class EventHub {
  readonly #listeners = new Set<EventListener>();

  publish<N extends EventName>(name: N, payload: PayloadOf<N>, audience: Audience = {}): void {
    for (const listener of this.#listeners) listener(name, payload, audience);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
