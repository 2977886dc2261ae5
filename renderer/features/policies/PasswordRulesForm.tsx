import { Button, Checkbox, NumberInput, Stack } from '@mantine/core';
import type { StoredPasswordRules } from '../../../shared/contract/policies.ts';
import { passwordRuleWords, policyLimits } from '../../../shared/model/policies.ts';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { ConflictNote } from './ConflictNote.tsx';

export function PasswordRulesForm({ stored }: { stored: StoredPasswordRules }) {
  const { version: seen, ...rules } = stored;
  const { form, submit, pending, failure } = useActForm('policies.setPasswords', {
    initialValues: { ...rules, seen },
    toInput: (values) => ({ ...values, minCharacters: Number(values.minCharacters) }),
    changes: ['policies.get', 'policies.passwordRules'],
    onSuccess: ({ version }) => {
      form.setFieldValue('seen', version);
      done('Saved. It holds for passwords that are set from now on.');
    },
  });
  const current = failure?.code === 'CONFLICT' ? (failure.details.current as StoredPasswordRules) : null;
  const conflict = current && current.version !== form.values.seen ? current : null;
  const { min, max } = policyLimits.minCharacters;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" align="start">
        {conflict ? (
          <ConflictNote
            now={passwordRuleWords(conflict)}
            onTake={() => {
              const { version, ...theirs } = conflict;
              form.setValues({ ...theirs, seen: version });
            }}
            onOverwrite={() => {
              form.setFieldValue('seen', conflict.version);
              submit();
            }}
          />
        ) : (
          failure?.code !== 'CONFLICT' && <FormFailure failure={failure} />
        )}
        <NumberInput
          label="At least so many characters"
          description={`From ${min} to ${max}.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          w="14rem"
          min={min}
          max={max}
          clampBehavior="none"
          allowDecimal={false}
          key={form.key('minCharacters')}
          {...form.getInputProps('minCharacters')}
        />
        <Checkbox
          label="Refuse one’s own name or address"
          description="As a part of the password, in capitals or not."
          key={form.key('refuseOwn')}
          {...form.getInputProps('refuseOwn', { type: 'checkbox' })}
        />
        <Checkbox
          label="Refuse the most used passwords"
          description="A short list that comes with Parley, and rows of keys or of one character."
          key={form.key('refuseCommon')}
          {...form.getInputProps('refuseCommon', { type: 'checkbox' })}
        />
        <Button type="submit" variant="default" loading={pending}>
          Save the rules for passwords
        </Button>
      </Stack>
    </form>
  );
}
