/**
 * Why a request is refused before anything looks at it; undefined when it is not.
 *
 * Any page in any browser on this machine can send requests to a loopback port. So the Host must be ours, or a name
 * that somebody made point here would pass (DNS rebinding); what changes anything must come from our own page
 * (cross-site requests); and our page is in no frame.
 *
 * @param authority `127.0.0.1:<port>`, what this host is reached by
 */
export function refusal(request: Request, authority: string): string | undefined {
  const { headers } = request;
  if (headers.get('host') !== authority) return 'Host';
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${authority}`) return 'Origin';
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (!reading && origin === null) return 'Origin';
  const site = headers.get('sec-fetch-site');
  const opensPage =
    reading && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';
  if (site !== null && site !== 'same-origin' && !(opensPage || site === 'none')) return 'Sec-Fetch-Site';
  return undefined;
}

/** The value of a cookie of the request. */
export function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
