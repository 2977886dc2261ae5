import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longRecording } from '../tests/fixtures/recordings.ts';
import { forkNode } from './hosts/node-fork.ts';
import { measure, remux } from './recordings/remux.ts';
import { RemuxRun } from './recordings/remux-run.ts';
import { workerEntry } from './worker-entry.ts';

let folder: string;
let raw: string;
let draft: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-process-'));
  raw = join(folder, 'take.webm.part');
  draft = join(folder, 'take.webm.tmp');
  await writeFile(raw, await longRecording(30));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('ended in the middle of its job, it says so and is gone', async () => {
  const run = new RemuxRun(forkNode, { raw, draft });
  await run.measured;
  await run.stop();
  await expect(run.remuxed).rejects.toThrow(/ended with .* before its work was done/);
});

test('one that could not be started says so', async () => {
  const run = new RemuxRun((_, name) => forkNode(new URL('file:///nowhere/at-all.js'), name), { raw, draft });
  await expect(run.measured).rejects.toThrow(/before its work was done/);
  await run.stop();
});

test('ends by itself when whoever started it was killed', async () => {
  const script = `
    import { fork } from 'node:child_process';
    const child = fork(process.argv[1], { serialization: 'advanced', execArgv: [] });
    child.on('message', () => console.log(child.pid));
    child.send(JSON.parse(process.argv[2]));
  `;
  const job = JSON.stringify({ raw, draft: join(folder, 'left-behind.tmp') });
  const entry = fileURLToPath(workerEntry('remux'));
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script, entry, job], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const [first = ''] = said.toString().split('\n');
  parent.kill('SIGKILL');
  await expect.poll(() => isRunning(Number(first)), { timeout: 10_000 }).toBe(false);
  expect(existsSync(raw)).toBe(true);
});

test('writes into no draft that is there: one that was left behind may still be writing it', async () => {
  await writeFile(draft, 'somebody else’s');
  await expect(remux(raw, draft, await measure(raw))).rejects.toThrow('EEXIST');
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
