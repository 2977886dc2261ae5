import { Avatar, Badge, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import type { SignInState } from '../../../shared/model/invitation.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatDay, formatMomentInFull } from '../../lib/formats.ts';
import { roleWords, signInWords } from '../../lib/words.ts';
import classes from './PeopleScreen.module.css';
import { PersonMenu } from './PersonMenu.tsx';

export function PeopleTable({ people }: { people: readonly PersonRow[] }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="sm" highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Person</Table.Th>
          <Table.Th w={115}>Role</Table.Th>
          <Table.Th w={130}>Signing in</Table.Th>
          <Table.Th w={130} className={classes.since}>
            Since
          </Table.Th>
          <Table.Th w={56}>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id} data-disabled={person.signIn === 'DISABLED' || undefined}>
            <Table.Td>
              <Group gap="sm" wrap="nowrap">
                <Avatar name={person.name} color="pine" size={34} radius="xl" alt="" aria-hidden />
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={600} truncate>
                    {person.name}
                  </Text>
                  <Group gap={4} wrap="nowrap">
                    <Text size="sm" c="dimmed" truncate>
                      {person.email}
                    </Text>
                    {person.emailVerified && (
                      <IconRosetteDiscountCheck
                        size={15}
                        className={classes.verified}
                        role="img"
                        aria-label="Email verified"
                      />
                    )}
                  </Group>
                </div>
              </Group>
            </Table.Td>
            <Table.Td>{roleWords[person.role]}</Table.Td>
            <Table.Td>
              <SignInBadge person={person} />
            </Table.Td>
            <Table.Td c="dimmed" className={classes.since}>
              {formatDay(person.createdAt)}
            </Table.Td>
            <Table.Td>
              <PersonMenu person={person} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const badgeColors: Record<SignInState, string> = {
  READY: 'pine',
  INVITED: 'amber',
  NONE: 'gray',
  DISABLED: 'gray',
};

function SignInBadge({ person: { signIn, invitedUntil } }: { person: PersonRow }) {
  return (
    <Badge
      variant="light"
      color={badgeColors[signIn]}
      title={invitedUntil ? `Their code works until ${formatMomentInFull(invitedUntil)}` : undefined}
    >
      {signInWords[signIn]}
    </Badge>
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
