import type { Bridge } from '../../shared/contract/bridge.ts';
import type { ErrorCode, OperationError } from '../../shared/contract/errors.ts';
import type { EventName, InputOf, OperationName, OutputOf, PayloadOf } from '../../shared/contract/index.ts';
import { browserBridge } from './browser-bridge.ts';

declare global {
  interface Window {
    /** There in Electron; a browser has none. */
    readonly parley?: Bridge;
  }
}

const bridge: Bridge = window.parley ?? browserBridge();

/** Why a call did not do what it was asked. The message is for a person. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(error: OperationError) {
    super(error.message);
    this.name = 'CallError';
    this.code = error.code;
    this.details = error.details ?? {};
  }

  /** What is wrong with each field of the input, by name. */
  get fields(): Record<string, string> {
    return (this.details.fields as Record<string, string> | undefined) ?? {};
  }
}

/**
 * Calls an operation of main.
 *
 * @throws CallError
 */
export async function call<N extends OperationName>(
  name: N,
  ...[input]: undefined extends InputOf<N> ? [InputOf<N>?] : [InputOf<N>]
): Promise<OutputOf<N>> {
  const result = await bridge.operations[name](input as InputOf<N>);
  if (!result.ok) throw new CallError(result.error);
  return result.value;
}

/** @returns a function that ends the subscription */
export function on<N extends EventName>(name: N, listener: (payload: PayloadOf<N>) => void): () => void {
  return bridge.on(name, listener);
}

/** Where the page plays a recording from: in Electron the address itself, in a browser a path of its host. */
export function mediaUrl(audioUrl: string): string {
  return window.parley ? audioUrl : audioUrl.replace(/^media:\/\//, '/media/');
}
