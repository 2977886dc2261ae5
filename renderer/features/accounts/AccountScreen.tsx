import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../components/Logo.tsx';
import { useDocumentTitle } from '../../lib/document-title.ts';

/** What the screens before signing in share: one column in the middle. */
export function AccountScreen({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <Center component="main" h="100%" p="xl" style={{ overflow: 'auto' }}>
      <Stack w="100%" maw={380} gap="xl" my="auto">
        <Stack gap="sm">
          <Logo size={44} />
          <Title order={1} mt="xs">
            {title}
          </Title>
          {lead && <Text c="dimmed">{lead}</Text>}
        </Stack>
        {children}
      </Stack>
    </Center>
  );
}
