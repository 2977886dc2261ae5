import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { Fork } from '../../worker-process.ts';

/** What the names of these processes begin with. */
export const OURS = 'Parley';

/** Starts a utility process: our executable is no plain Node (the fuse runAsNode is off). After `ready`. */
export const forkUtilityProcess: Fork = (file, name) => {
  const child = utilityProcess.fork(fileURLToPath(file), [], {
    serviceName: `${OURS} ${name}`,
    // The decoder complains there of every packet it cannot read; what matters comes as a message.
    stdio: 'ignore',
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
};
