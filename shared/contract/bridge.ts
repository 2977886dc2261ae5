import type { EventName, InputOf, OperationName, OutputOf, PayloadOf } from './index.ts';
import type { Result } from './operation.ts';

/**
 * What the preload puts into the page as `window.parley`: a method an operation and one to listen to events. Nothing
 * generic crosses: a name that is not in the contract has no method.
 */
export interface Bridge {
  readonly operations: {
    readonly [N in OperationName]: (input: InputOf<N>) => Promise<Result<OutputOf<N>>>;
  };
  /** @returns a function that ends the subscription */
  on<N extends EventName>(name: N, listener: (payload: PayloadOf<N>) => void): () => void;
}
