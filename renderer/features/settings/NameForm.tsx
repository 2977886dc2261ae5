import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { roleWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { usePerson, welcome } from '../accounts/signed-in.ts';

export function NameForm() {
  const person = usePerson();
  const { form, submit, pending, failure } = useActForm('accounts.rename', {
    initialValues: { name: person.name },
    toInput: (values) => values,
    onSuccess: (renamed) => {
      welcome(renamed);
      form.setValues({ name: renamed.name });
      done('Your name is saved.');
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormFailure failure={failure} />
        <div>
          <Text size="sm" fw={600} mb={4}>
            Email
          </Text>
          <Group gap="xs">
            <Text size="sm">{person.email}</Text>
            {person.emailVerified ? (
              <Badge variant="light" leftSection={<IconCheck size={12} />}>
                Verified
              </Badge>
            ) : (
              <Badge variant="light" color="gray">
                Not verified
              </Badge>
            )}
            <Badge variant="light" color="gray">
              {roleWords[person.role]}
            </Badge>
          </Group>
        </div>
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Name"
            autoComplete="name"
            flex={1}
            maw={320}
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <Button
            type="submit"
            variant="default"
            mt={25}
            loading={pending}
            disabled={form.values.name.trim() === person.name}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
