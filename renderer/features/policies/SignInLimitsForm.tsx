import { Button, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import type { StoredSignInLimits } from '../../../shared/contract/policies.ts';
import { policyLimits, type SignInLimits } from '../../../shared/model/policies.ts';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { ConflictNote } from './ConflictNote.tsx';

type Field = keyof SignInLimits;

const fields: Readonly<Record<Field, { label: string; description: string }>> = {
  freeFailures: {
    label: 'Wrong attempts before a wait',
    description: 'In a row, for one address. Each further one doubles the wait, which begins with a second.',
  },
  longestWaitMinutes: { label: 'The longest wait, in minutes', description: 'Every wait ends by itself.' },
  forgetAfterHours: {
    label: 'Forgotten after, in hours',
    description: 'Without an attempt for so long, the wrong ones count no more.',
  },
  rememberedDays: {
    label: 'Stays signed in unused, in days',
    description: 'Where “Stay signed in on this machine” was chosen.',
  },
  otherHours: { label: 'Otherwise, in hours', description: 'Without being used.' },
  longestDays: {
    label: 'At most in all, in days',
    description:
      'However much it is used. Empty: no limit. Sessions that are older end when you save, yours too.',
  },
};
const names = Object.keys(fields) as Field[];

export function SignInLimitsForm({ stored }: { stored: StoredSignInLimits }) {
  const { version, ...limits } = stored;
  const { form, submit, pending, failure } = useActForm('policies.setSignIn', {
    initialValues: { ...limits, longestDays: limits.longestDays ?? ('' as number | ''), seen: version },
    toInput: (values) => ({
      ...{ freeFailures: Number(values.freeFailures), longestWaitMinutes: Number(values.longestWaitMinutes) },
      ...{ forgetAfterHours: Number(values.forgetAfterHours), rememberedDays: Number(values.rememberedDays) },
      ...{ otherHours: Number(values.otherHours), seen: values.seen },
      longestDays: values.longestDays === '' ? null : Number(values.longestDays),
    }),
    changes: ['policies.get', 'accounts.sessions'],
    onSuccess: ({ version, ended }) => {
      form.setFieldValue('seen', version);
      done(ended > 0 ? `Saved. ${count(ended, 'session')} ended by it.` : 'Saved.');
    },
  });
  const current = failure?.code === 'CONFLICT' ? (failure.details.current as StoredSignInLimits) : null;
  const conflict = current && current.version !== form.values.seen ? current : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" align="start">
        {conflict ? (
          <ConflictNote
            now={inWords(conflict)}
            onTake={() => {
              const { version, ...theirs } = conflict;
              form.setValues({ ...theirs, longestDays: theirs.longestDays ?? '', seen: version });
            }}
            onOverwrite={() => {
              form.setFieldValue('seen', conflict.version);
              submit();
            }}
          />
        ) : (
          failure?.code !== 'CONFLICT' && <FormFailure failure={failure} />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} w="100%">
          {names.map((name) => (
            <NumberInput
              key={form.key(name)}
              {...fields[name]}
              description={`${fields[name].description} From ${policyLimits[name].min} to ${policyLimits[name].max}.`}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={policyLimits[name].min}
              max={policyLimits[name].max}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          On other machines a session that has ended is noticed within half a minute. An answer that is being
          recorded then is kept up to that moment.
        </Text>
        <Button type="submit" variant="default" loading={pending}>
          Save the limits for signing in
        </Button>
      </Stack>
    </form>
  );
}

function inWords(limits: SignInLimits): string {
  return `${names.map((name) => `${fields[name].label.toLowerCase()}: ${limits[name] ?? 'no limit'}`).join('; ')}.`;
}
