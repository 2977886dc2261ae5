import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { on } from '../../lib/client.ts';

const schemes = {
  'appearance-system': 'auto',
  'appearance-light': 'light',
  'appearance-dark': 'dark',
} as const;

/**
 * Does what the native menu says about light and dark, and tells the window the page's colour (`theme-color`), on which
 * it opens next time before the page is there.
 */
export function NativeAppearance() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();

  useEffect(
    () =>
      on('app.menuChosen', (command) => {
        if (command in schemes) setColorScheme(schemes[command as keyof typeof schemes]);
      }),
    [setColorScheme],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colour is another one with the scheme
  useEffect(() => {
    const meta = document.createElement('meta');
    meta.name = 'theme-color';
    meta.content = getComputedStyle(document.body).backgroundColor;
    document.head.append(meta);
    return () => meta.remove();
  }, [scheme]);

  return null;
}
