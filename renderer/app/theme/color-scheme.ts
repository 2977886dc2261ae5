import { localStorageColorSchemeManager } from '@mantine/core';

/** The key is read by renderer/public/color-scheme.js too, before anything is painted. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'parley-color-scheme' });
