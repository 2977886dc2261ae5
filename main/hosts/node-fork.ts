import { fork } from 'node:child_process';
import type { Fork } from '../worker-process.ts';

/** Starts a process of the Node that runs this one: for the browser host, and for what runs without a window. */
export const forkNode: Fork = (file) => {
  const child = fork(file, {
    // Not those of this process: a debugger's port, say, can be opened once only.
    execArgv: [],
    // As Electron does it: typed arrays and errors stay what they are.
    serialization: 'advanced',
    // The decoder complains there of every packet it cannot read; what matters comes as a message.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Sent something when it had gone: who started it is told that it has.
  child.on('error', () => undefined);
  return {
    send: (message) => child.send(message as object),
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      child.once('exit', listener);
      // What could not be started does not exit.
      if (child.pid === undefined) child.once('error', () => listener(null));
    },
    kill: () => child.kill('SIGKILL'),
  };
};
