import type { App } from 'electron';
import type { Log } from '../../log.ts';
import { isOurs } from './addresses.ts';

/**
 * Keeps every page of the app where it is: no other page is loaded, no window opened, no webview attached, and a bad
 * certificate is never accepted. Parley has no link to the outside, so there is none to hand to a browser either.
 */
export function guardNavigation(app: App, log: Log): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) refuse(event, 'navigation', log);
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) refuse(event, 'navigation of a frame', log);
    });
    contents.on('will-redirect', (event) => refuse(event, 'redirect', log));
    contents.on('will-attach-webview', (event) => refuse(event, 'webview', log));
    contents.setWindowOpenHandler(() => {
      log.warn('refused to open a window');
      return { action: 'deny' };
    });
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

function refuse(event: { preventDefault(): void }, what: string, log: Log): void {
  event.preventDefault();
  log.warn({ what }, 'refused');
}
