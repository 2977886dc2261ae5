import { contextBridge, ipcRenderer } from 'electron';
import { eventChannel, operationChannel } from './channels.ts';

// The build puts the names in, so that neither the contract nor zod is loaded before every page.
declare const PARLEY_OPERATIONS: readonly string[];
declare const PARLEY_EVENTS: readonly string[];

const operations = Object.fromEntries(
  PARLEY_OPERATIONS.map((name) => [
    name,
    (input: unknown): Promise<unknown> => ipcRenderer.invoke(operationChannel(name), input),
  ]),
);

function on(name: string, listener: (payload: unknown) => void): () => void {
  if (!PARLEY_EVENTS.includes(name)) throw new Error(`Parley has no event ${name}.`);
  // The page gets the payload and never the event itself, which holds the sender.
  const receive = (_: unknown, payload: unknown): void => listener(payload);
  ipcRenderer.on(eventChannel(name), receive);
  return () => ipcRenderer.removeListener(eventChannel(name), receive);
}

/** `window.parley`: see shared/contract/bridge.ts. */
contextBridge.exposeInMainWorld('parley', { operations, on });
