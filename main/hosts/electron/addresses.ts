/** The page's own scheme: the bundle is `app://parley/…`, so it has an origin of its own and no access to files. */
export const APP_SCHEME = 'app';
/** The scheme of recordings: `media://takes/<id>`. */
export const MEDIA_SCHEME = 'media';
export const APP_ORIGIN = 'app://parley';
export const START_PAGE = `${APP_ORIGIN}/`;

/** Whether an address is a page of ours: exactly our origin, compared as a URL and never by its first letters. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === APP_ORIGIN && username === '' && password === '';
}
