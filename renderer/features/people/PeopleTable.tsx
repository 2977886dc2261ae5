import { Avatar, Badge, Checkbox, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatDay } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { roleWords } from '../../lib/words.ts';

export function PeopleTable({ people }: { people: readonly PersonRow[] }) {
  const verify = useAct('people.setEmailVerified', { changes: ['people.list', 'accounts.current'] });
  const shown = ({ id, emailVerified }: PersonRow) =>
    verify.isPending && verify.variables?.id === id ? verify.variables.verified : emailVerified;
  return (
    <Table verticalSpacing="sm" horizontalSpacing="sm" highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Person</Table.Th>
          <Table.Th w={115}>Role</Table.Th>
          <Table.Th w={115}>Since</Table.Th>
          <Table.Th w={110}>Email</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td>
              <Group gap="sm" wrap="nowrap">
                <Avatar name={person.name} color="pine" size={34} radius="xl" alt="" aria-hidden />
                <div style={{ minWidth: 0 }}>
                  <Group gap={6}>
                    <Text size="sm" fw={600} truncate>
                      {person.name}
                    </Text>
                    {person.signIn === 'DISABLED' && (
                      <Badge variant="light" color="gray">
                        May not sign in
                      </Badge>
                    )}
                  </Group>
                  <Text size="sm" c="dimmed" truncate>
                    {person.email}
                  </Text>
                </div>
              </Group>
            </Table.Td>
            <Table.Td>{roleWords[person.role]}</Table.Td>
            <Table.Td c="dimmed">{formatDay(person.createdAt)}</Table.Td>
            <Table.Td>
              <Checkbox
                size="sm"
                label="Verified"
                aria-label={`Verified: email of ${person.name}`}
                checked={shown(person)}
                onChange={(event) => verify.mutate({ id: person.id, verified: event.currentTarget.checked })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function PeopleTableSkeleton() {
  return (
    <Placeholder label="Loading the people">
      {[0, 1, 2, 3, 4].map((index) => (
        <Group key={index} h={62} gap="sm">
          <Skeleton height={34} circle />
          <Stack gap={6}>
            <Skeleton height={11} width={140} />
            <Skeleton height={10} width={190} />
          </Stack>
        </Group>
      ))}
    </Placeholder>
  );
}
