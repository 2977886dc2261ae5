import type { Session } from 'electron';
import { isOurs } from './addresses.ts';

/**
 * What a page may use; everything else is refused. Chromium asks twice, by the check for what it would be told and by
 * the request when it comes to it, and both ask here.
 */
const allowed: Readonly<Record<string, (kinds: readonly string[]) => boolean>> = {
  /** The microphone, to record answers. `media` covers the camera too, which is never used. */
  media: (kinds) => kinds.length > 0 && kinds.every((kind) => kind === 'audio'),
  /** Choosing the loudspeaker that an answer is played on. */
  'speaker-selection': () => true,
  /** Copying text to the clipboard at a click; reading it is another permission, and refused. */
  'clipboard-sanitized-write': () => true,
};

/** Whether our table lets a page at this address use a thing, such as `media` with `audio`. */
export function isAllowed(permission: string, address: string, kinds: readonly string[] = []): boolean {
  if (!Object.hasOwn(allowed, permission) || !isOurs(address)) return false;
  return allowed[permission]?.(kinds) ?? false;
}

/** Puts the table in force. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, permission, decide, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(details.isMainFrame && isAllowed(permission, details.requestingUrl, kinds));
  });
  session.setPermissionCheckHandler((_, permission, origin, details) => {
    const kinds = details.mediaType ? [details.mediaType] : [];
    return isAllowed(permission, origin, kinds);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_, answer) => answer({}));
}
