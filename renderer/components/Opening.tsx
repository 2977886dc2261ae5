import { Center, Loader, Stack, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import { Logo } from './Logo.tsx';

/** While the whole window waits. Shows nothing for the first 300 ms: what comes sooner needs no explaining. */
export function Opening({ children = 'Opening Parley…' }: { children?: string }) {
  const [shown, setShown] = useState(false);
  useTimeout(() => setShown(true), 300, { autoInvoke: true });
  return (
    <Center component="main" h="100%" aria-busy="true">
      <Stack align="center" gap="lg" role="status" style={{ visibility: shown ? 'visible' : 'hidden' }}>
        <Logo size={44} />
        <Text component="h1" c="dimmed" m={0}>
          {children}
        </Text>
        <Loader size="sm" type="dots" aria-hidden />
      </Stack>
    </Center>
  );
}
