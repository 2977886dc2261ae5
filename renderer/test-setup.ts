import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { bridge, windowBridge } from './testing/bridge.ts';

// Before renderer/lib/client.ts is loaded: it takes the bridge that is there.
Object.assign(window, { parley: windowBridge });
// What happy-dom lacks and Mantine's growing text field listens to.
Object.assign(document, { fonts: new EventTarget() });

afterEach(() => {
  cleanup();
  bridge.reset();
  localStorage.clear();
});
