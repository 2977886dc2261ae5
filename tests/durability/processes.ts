import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A running writer.ts and what it has said. */
export interface WriterProcess {
  child: ChildProcess;
  /** Numbers of the transactions whose commit it has acknowledged. */
  acknowledged: number[];
  /** Its error, when it has ended with one. */
  error: { code: string; message: string } | null;
  /** Resolves when it has opened the database, and also when it has ended. */
  opened: Promise<void>;
  /** Whether it has opened the database. */
  isOpen(): boolean;
  /** Resolves when it has acknowledged so many transactions, and also when it has ended. */
  hasAcknowledged(count: number): Promise<void>;
  /** Resolves when it has ended and everything it said has been read. */
  ended: Promise<void>;
  /** Kills it (-9) and waits for that. */
  kill(): Promise<void>;
}

/** Starts a writer; see writer.ts. */
export function startWriter(folder: string, template: string, unsyncedFile?: string): WriterProcess {
  const program = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const args = [program, folder, template, ...(unsyncedFile ? [unsyncedFile] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let open = false;
  let rest = '';
  let wake: () => void = () => undefined;
  let over = false;
  const ended = once(child, 'close').then(() => {
    over = true;
  });
  const writer: WriterProcess = {
    child,
    acknowledged: [],
    error: null,
    opened: Promise.resolve(),
    isOpen: () => open,
    ended,
    async hasAcknowledged(count) {
      while (!over && writer.acknowledged.length < count) {
        await Promise.race([
          ended,
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
        ]);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  writer.opened = new Promise((resolve) => {
    void ended.then(resolve);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, first = '', ...others] = line.split(' ');
        if (word === 'ack') writer.acknowledged.push(Number(first));
        if (word === 'error') writer.error = { code: first, message: others.join(' ') };
        if (word !== 'open') continue;
        open = true;
        resolve();
      }
      wake();
    });
  });
  return writer;
}

/** A whole number between two, for when something happens. */
export function randomBetween(from: number, to: number): number {
  return Math.round(from + Math.random() * (to - from));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
