import { Center, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '../lib/document-title.ts';
import { Logo } from './Logo.tsx';

/** One thing to say, in the middle of the window: what is going on, and what can be done. */
export function FullScreenMessage({
  title,
  children,
  actions,
  width = 460,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  width?: number;
}) {
  useDocumentTitle(title);
  return (
    <Center component="main" mih="100%" p="xl" style={{ overflow: 'auto' }} h="100%">
      <Stack gap="lg" w="100%" maw={width} my="auto">
        <Logo size={44} />
        <Stack gap="xs">
          <Title order={1}>{title}</Title>
          {typeof children === 'string' ? <Text c="dimmed">{children}</Text> : children}
        </Stack>
        {actions && <Group gap="sm">{actions}</Group>}
      </Stack>
    </Center>
  );
}
