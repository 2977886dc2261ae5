import { Loader, Stack, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import { Logo } from './Logo.tsx';
import classes from './Opening.module.css';

/** While the whole window waits. Says nothing for the first 300 ms: what comes sooner needs no explaining. */
export function Opening({ children = 'Opening Parley…' }: { children?: string }) {
  const [shown, setShown] = useState(false);
  useTimeout(() => setShown(true), 300, { autoInvoke: true });
  return (
    <main className={classes.opening} aria-busy="true">
      <Logo size={44} />
      <Stack
        align="center"
        gap="lg"
        role="status"
        className={classes.words}
        style={{ visibility: shown ? 'visible' : 'hidden' }}
      >
        <Text component="h1" c="dimmed" m={0}>
          {children}
        </Text>
        <Loader size="sm" type="dots" aria-hidden />
      </Stack>
    </main>
  );
}
