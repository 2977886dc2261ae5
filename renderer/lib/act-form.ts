import { type UseFormReturnType, useForm } from '@mantine/form';
import type { FormEvent } from 'react';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/index.ts';
import type { CallError } from './client.ts';
import { useAct } from './queries.ts';

/**
 * A form that calls an operation. Main judges the input, by the contract; what it says about a field is shown beside
 * that field, which gets the focus. Anything else is in `failure`, for the form to show.
 */
export function useActForm<N extends OperationName, V extends Record<string, unknown>>(
  name: N,
  {
    initialValues,
    toInput,
    changes,
    onSuccess,
  }: {
    initialValues: V;
    toInput: (values: V) => InputOf<N>;
    changes?: readonly OperationName[];
    onSuccess?: (output: OutputOf<N>) => void;
  },
): {
  form: UseFormReturnType<V>;
  submit: (event?: FormEvent<HTMLFormElement>) => void;
  pending: boolean;
  failure: CallError | null;
  /** The same, also when it is about a field. */
  error: CallError | null;
} {
  const form = useForm<V>({ initialValues });
  const act = useAct(name, {
    changes,
    showsFailure: true,
    onSuccess,
    onError(error) {
      const fields = error.code === 'EMAIL_TAKEN' ? { email: error.message } : error.fields;
      form.setErrors(fields);
      const [first] = Object.keys(fields);
      // The button that was disabled while waiting has lost the focus: give it to what is to be mended.
      if (first) requestAnimationFrame(() => form.getInputNode(first)?.focus());
    },
  });
  const isAboutFields = act.error !== null && Object.keys(form.errors).length > 0;
  return {
    form,
    submit: form.onSubmit((values) => act.mutate(toInput(values))),
    pending: act.isPending,
    failure: isAboutFields ? null : act.error,
    error: act.error,
  };
}
