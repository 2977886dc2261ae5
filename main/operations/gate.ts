import { randomUUID } from 'node:crypto';
import type { ZodError } from 'zod';
import { type OperationName, operations } from '../../shared/contract/index.ts';
import type { Needs, Operation, Result } from '../../shared/contract/operation.ts';
import type { ClientIdentity, Handler, Handlers, SignedInPerson } from './handlers.ts';
import { OperationFailure } from './operation-failure.ts';

/** The one way into main: every call of every host passes here. Never throws. */
export type Gate = (client: ClientIdentity, name: string, input: unknown) => Promise<Result<unknown>>;

/**
 * Makes the gate. A handler runs only when the operation exists, what it needs is there, the person may call it and
 * the input has the declared shape; what it hands out is cut to the declared output.
 *
 * @param require throws an OperationFailure while what is needed is not there
 * @param personOf who is signed in at a client
 * @param explain what to tell of an error that is nobody's defect, such as a lost database server; null for others
 * @param report is told of defects, with the reference that the person sees
 */
export function createGate(parts: {
  handlers: Handlers;
  require: (needs: Needs) => Promise<void>;
  personOf: (client: ClientIdentity) => Promise<SignedInPerson | null>;
  explain?: (error: unknown) => OperationFailure | null;
  report: (failure: { operation: string; reference: string; error: unknown }) => void;
}): Gate {
  return async (client, name, input) => {
    try {
      if (!isOperation(name)) throw new OperationFailure('NOT_FOUND', 'Parley has no such operation.');
      const operation: Operation = operations[name];
      await parts.require(operation.needs);
      const person = operation.needs === 'nothing' ? null : await parts.personOf(client);
      authorise(operation, person);
      const parsed = operation.input.safeParse(input);
      if (!parsed.success) throw invalidInput(parsed.error);
      // The names agree by `Handlers`; TypeScript cannot follow that through a variable name.
      const handler = parts.handlers[name] as unknown as Handler<'app.status'>;
      const value = await handler({ input: parsed.data as undefined, person, client });
      return { ok: true, value: operation.output.parse(value) };
    } catch (error) {
      const failure = error instanceof OperationFailure ? error : parts.explain?.(error);
      if (failure) return { ok: false, error: failure.toError() };
      const reference = randomUUID().slice(0, 8);
      parts.report({ operation: name, reference, error });
      return {
        ok: false,
        error: {
          code: 'INTERNAL',
          message: `Something went wrong inside Parley. What you had saved is safe. Please try again; the log has the details under ${reference}.`,
          details: { reference },
        },
      };
    }
  };
}

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

function authorise(operation: Operation, person: SignedInPerson | null): void {
  if (operation.access === 'anyone') return;
  if (!person) throw new OperationFailure('NOT_SIGNED_IN', 'Please sign in first.');
  if (!operation.access.includes(person.role)) {
    throw new OperationFailure('FORBIDDEN', 'Your role does not allow this. An admin can help.');
  }
}

function invalidInput(error: ZodError): OperationFailure {
  const fields = Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]));
  const [first] = error.issues;
  return new OperationFailure('INVALID_INPUT', first?.message ?? 'Please check what you entered.', {
    fields,
  });
}
