import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type EventName, operations, type PayloadOf } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/contract/operation.ts';
import type { Client } from '../../application.ts';
import type { Log } from '../../log.ts';
import { eventChannel, operationChannel } from './channels.ts';
import { isOurPage } from './sender.ts';

const refused: Result<never> = {
  ok: false,
  error: { code: 'FORBIDDEN', message: 'Only the window of Parley may ask this.' },
};

/** Pages that may ask for some operations only. */
const restricted = new WeakMap<WebContents, readonly string[]>();

/** Lets a page ask for these operations and no other. To be called before it is loaded. */
export function restrictOperations(page: WebContents, names: readonly string[]): void {
  restricted.set(page, names);
}

/**
 * Lets the page call operations: a channel each, all behind the one check of who asks.
 *
 * @param client is waited for: the page is there before the application is
 */
export function bridgeOperations(client: Promise<Client>, log: Log): void {
  for (const name of Object.keys(operations)) {
    ipcMain.handle(operationChannel(name), async (event: IpcMainInvokeEvent, input: unknown) => {
      if (!isOurPage(event.senderFrame)) {
        log.warn(
          { operation: name, from: event.senderFrame?.origin },
          'refused a message from a foreign frame',
        );
        return refused;
      }
      if (restricted.get(event.sender)?.includes(name) === false) {
        log.warn({ operation: name }, 'refused what a window may not ask');
        return refused;
      }
      return (await client).call(name, input);
    });
  }
}

/**
 * Passes the application's events on to a window.
 *
 * @param names only these; all where it is left out
 */
export function bridgeEvents(client: Client, window: WebContents, names?: readonly EventName[]): void {
  const end = client.subscribe(<N extends EventName>(name: N, payload: PayloadOf<N>) => {
    if (names?.includes(name) === false) return;
    if (!window.isDestroyed()) window.send(eventChannel(name), payload);
  });
  window.once('destroyed', end);
}
