import type { Bridge } from '../../shared/contract/bridge.ts';
import type { OperationError } from '../../shared/contract/errors.ts';
import type { EventName, InputOf, OperationName, OutputOf, PayloadOf } from '../../shared/contract/index.ts';

type Answer<N extends OperationName> = (input: InputOf<N>) => OutputOf<N> | Promise<OutputOf<N>>;

/** An operation's refusal, to be thrown by an answer. */
export class Refusal extends Error {
  readonly error: OperationError;

  constructor(error: OperationError) {
    super(error.message);
    this.error = error;
  }
}

let answers = new Map<string, (input: unknown) => unknown>();
let listeners = new Map<string, Set<(payload: unknown) => void>>();
let calls: { name: OperationName; input: unknown }[] = [];

/** Stands in for the way to main, and for nothing else: everything in the renderer is the real thing. */
export const bridge = {
  /** Sets what an operation answers from now on. */
  answer<N extends OperationName>(name: N, answer: Answer<N>): void {
    answers.set(name, answer as (input: unknown) => unknown);
  },
  emit<N extends EventName>(name: N, payload: PayloadOf<N>): void {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  },
  /** What an operation was called with, call by call. */
  inputsOf<N extends OperationName>(name: N): InputOf<N>[] {
    return calls.filter((call) => call.name === name).map((call) => call.input as InputOf<N>);
  },
  reset(): void {
    answers = new Map();
    listeners = new Map();
    calls = [];
  },
};

async function callInMemory(name: OperationName, input: unknown) {
  calls.push({ name, input });
  try {
    const answer = answers.get(name);
    if (!answer) throw new Error(`The test has no answer for ${name}`);
    return { ok: true, value: await answer(input) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    return { ok: false, error: { code: 'INTERNAL', message: (error as Error).message } };
  }
}

export const windowBridge: Bridge = {
  operations: new Proxy({} as Bridge['operations'], {
    get: (_, name: OperationName) => (input: unknown) => callInMemory(name, input),
  }),
  on(name, listener) {
    const ofName = listeners.get(name) ?? new Set();
    listeners.set(name, ofName);
    ofName.add(listener as (payload: unknown) => void);
    return () => ofName.delete(listener as (payload: unknown) => void);
  },
};
