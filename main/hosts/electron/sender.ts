import type { WebFrameMain } from 'electron';
import { APP_ORIGIN } from './addresses.ts';

/**
 * Whether a message is from our own page: exactly our origin, and the main frame of its window. Read `senderFrame`
 * before any await: it is null once the frame has gone.
 */
export function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
