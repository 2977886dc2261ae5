import { pageHeaders } from '../page-headers.ts';

/** What a person sees who comes without a valid link or cookie. Says nothing of what is here. */
export function closedPage(): Response {
  return plainPage(
    403,
    'This link does not open Parley (any more)',
    `<p>A link works once, in one browser. Where Parley is open already, go on there.</p>
     <p>Otherwise go to the terminal that Parley was started in, end it with Ctrl+C, start it again,
     and open the new link.</p>`,
  );
}

/**
 * Sends the browser to the app with its new cookie. A page that goes on by itself and not a redirect: where the link
 * was clicked on another site's page, a browser holds a SameSite=Strict cookie back throughout the redirects.
 */
export function welcomePage(setCookie: string): Response {
  const response = plainPage(200, 'Parley', '<p><a href="/">Go on to Parley</a></p>', true);
  response.headers.set('set-cookie', setCookie);
  return response;
}

function plainPage(status: number, title: string, body: string, goesOn = false): Response {
  const refresh = goesOn ? '<meta http-equiv="refresh" content="0; url=/">' : '';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}<title>${title}</title></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
  return new Response(html, {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
