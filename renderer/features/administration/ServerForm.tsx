import {
  Alert,
  Button,
  Code,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useId, useState } from 'react';
import type { DatabaseOverview, ServerInput, ServerTest } from '../../../shared/contract/database.ts';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { useAct } from '../../lib/queries.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { ServerTestResult } from './ServerTestResult.tsx';

type Values = Omit<ServerInput, 'password' | 'ca'> & { password: string; ca: string };

const encryption = [
  { value: 'disable', label: 'None' },
  { value: 'require', label: 'Encrypted, whoever the server is' },
  { value: 'verify-full', label: 'Encrypted, and the certificate is checked' },
];

/** Describes a PostgreSQL server, tries it, and then offers to use it. */
export function ServerForm({
  overview,
  fromServer,
  blocked,
}: {
  overview: DatabaseOverview;
  fromServer: boolean;
  blocked: boolean;
}) {
  const { saved, keepsPasswordIn } = overview;
  const [tried, setTried] = useState<{ input: ServerInput; result: ServerTest } | null>(null);
  const { form, submit, pending, failure } = useActForm('database.testServer', {
    initialValues: initialValues(saved),
    toInput,
    onSuccess: (result) => setTried({ input: toInput(form.getValues()), result }),
  });
  const input = toInput(form.values);
  const current = tried && JSON.stringify(tried.input) === JSON.stringify(input) ? tried : null;
  const keptHere = saved?.password && isSame(saved, input);
  return (
    <form onSubmit={submit} noValidate aria-label="PostgreSQL server">
      <Stack gap="md">
        <FormFailure failure={failure} />
        <Group gap="sm" align="start" grow preventGrowOverflow={false}>
          <TextInput
            label="Host"
            placeholder="db.example.com"
            autoComplete="off"
            spellCheck={false}
            key={form.key('host')}
            {...form.getInputProps('host')}
          />
          <NumberInput
            label="Port"
            maw="7rem"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            key={form.key('port')}
            {...form.getInputProps('port')}
          />
        </Group>
        <TextInput
          label="Database"
          autoComplete="off"
          spellCheck={false}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="User"
          autoComplete="off"
          spellCheck={false}
          key={form.key('user')}
          {...form.getInputProps('user')}
        />
        <PasswordField
          label="Password"
          autoComplete="off"
          hint={passwordHint(keepsPasswordIn, Boolean(keptHere))}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <NativeSelect
          label="Encryption"
          data={encryption}
          description={
            input.tls === 'disable'
              ? 'Over a network, what people have said then travels in the clear.'
              : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          key={form.key('tls')}
          {...form.getInputProps('tls')}
        />
        {input.tls === 'verify-full' && (
          <CertificateField
            canChoose={overview.canChoose}
            value={form.values.ca}
            error={form.errors.ca}
            onChange={(ca) => form.setFieldValue('ca', ca)}
          />
        )}
        {current && <ServerTestResult {...current} fromServer={fromServer} />}
        <Group gap="xs">
          <Button
            type="submit"
            variant={current?.result.ok ? 'default' : 'filled'}
            loading={pending}
            disabled={blocked}
          >
            Test the connection
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function CertificateField({
  canChoose,
  value,
  error,
  onChange,
}: {
  canChoose: boolean;
  value: string;
  error: React.ReactNode;
  onChange: (pem: string) => void;
}) {
  const choose = useAct('database.chooseCertificate', {
    onSuccess: (chosen) => {
      if (chosen) onChange(chosen.pem);
    },
  });
  const id = useId();
  if (!canChoose) {
    return (
      <Textarea
        id={id}
        label="The authority’s certificate"
        description="Only where it is an authority of your own. Paste the text of its PEM file."
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        The authority’s certificate
      </Text>
      <Text size="sm" c="dimmed">
        {value
          ? 'A certificate of your own is used to check the server’s.'
          : 'The authorities that this system knows are used.'}
      </Text>
      {error && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-md"
          loading={choose.isPending}
          onClick={() => choose.mutate()}
        >
          Choose a certificate’s file…
        </Button>
        {value && (
          <Button variant="default" size="compact-md" onClick={() => onChange('')}>
            Use the system’s authorities
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function initialValues(saved: DatabaseOverview['saved']): Values {
  const usual = { host: '', port: 5432, user: '', name: 'parley', tls: 'require' } as const;
  if (!saved) return { ...usual, password: '', ca: '' };
  const { host, port, user, name, tls, ca } = saved;
  return { host, port, user, name, tls, password: '', ca: ca ?? '' };
}

/** An empty password stands for the one that is kept. */
function toInput({ password, ca, port, ...values }: Values): ServerInput {
  return {
    ...values,
    port: Number(port),
    password: password || null,
    ca: values.tls === 'verify-full' && ca ? ca : null,
  };
}

function isSame(saved: NonNullable<DatabaseOverview['saved']>, input: ServerInput): boolean {
  const fields = ['host', 'port', 'user', 'name'] as const;
  return fields.every((field) => saved[field] === input[field]);
}

function passwordHint(place: DatabaseOverview['keepsPasswordIn'], isKept: boolean): string {
  const where =
    place === 'KEYCHAIN'
      ? 'in this system’s keychain'
      : 'on this machine, in a file that only you can read: this system offers no keychain';
  return isKept ? `Kept ${where}. Leave it empty to use that one.` : `It will be kept ${where}.`;
}

/** For what is set elsewhere: the place, as it can be found again. */
export function OriginNote({ origin }: { origin: DatabaseOverview['origin'] }) {
  if (origin.from !== 'ENVIRONMENT' && origin.from !== 'ENV_FILE') return null;
  return (
    <Alert color="blue" title="Set outside of Parley">
      <Text size="sm">
        Which database is used is set by <Code>DATABASE_HOST</Code>{' '}
        {origin.file ? (
          <>
            in <Code>{origin.file}</Code>
          </>
        ) : (
          'in the environment that Parley was started in'
        )}
        , and that wins over what is set here. Take it out there to choose a database on this screen.
      </Text>
    </Alert>
  );
}
