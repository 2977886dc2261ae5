import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderHeldError, lockDataFolder } from './lock.ts';

const lockModule = new URL('./lock.ts', import.meta.url).href;

const staleHolder = JSON.stringify({
  pid: 2 ** 22 + 1,
  kind: 'app',
  name: 'Parley',
  since: '2026-01-01T09:00:00.000Z',
});

let parent: string;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  folder = join(parent, 'data');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(parent, { recursive: true, force: true });
});

/** A process that takes the lock, says so, and stays. */
async function holderProcess(): Promise<ChildProcess> {
  const source = `
    import { lockDataFolder } from ${JSON.stringify(lockModule)};
    lockDataFolder(${JSON.stringify(folder)}, { kind: 'browser host', name: 'other' });
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

function heldError(): DataFolderHeldError {
  try {
    lockDataFolder(folder, { kind: 'app', name: 'second' }).release();
  } catch (error) {
    if (error instanceof DataFolderHeldError) return error;
    throw error;
  }
  throw new Error('the second opener was let in');
}

describe('the lock of a data folder', () => {
  it('creates the folder, and keeps it and the lock to the user', () => {
    const lock = lockDataFolder(folder, { kind: 'app', name: 'Parley' });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'parley.lock')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'parley.lock.holder.json')).mode & 0o777).toBe(0o600);
    lock.release();
  });

  it('refuses a second open in the same process, and says who holds it and what to do', () => {
    const lock = lockDataFolder(folder, { kind: 'app', name: 'Parley 0.1.0' });
    const error = heldError();
    expect(error.code).toBe('DATA_FOLDER_HELD');
    expect(error.holder).toMatchObject({ pid: process.pid, kind: 'app', name: 'Parley 0.1.0' });
    expect(error.message).toContain(folder);
    expect(error.message).toContain(`process ${process.pid}`);
    expect(error.message).toContain('Close it, then try again');
    lock.release();
  });

  it('can be taken again after its release, and releases once only', () => {
    const first = lockDataFolder(folder, { kind: 'app', name: 'first' });
    first.release();
    const second = lockDataFolder(folder, { kind: 'command', name: 'second' });
    first.release();
    expect(heldError().holder).toMatchObject({ kind: 'command', name: 'second' });
    second.release();
  });

  it('refuses another process, and is free as soon as that one is killed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const child = await holderProcess();
      expect(heldError().holder).toMatchObject({ pid: child.pid, kind: 'browser host', name: 'other' });
      child.kill('SIGKILL');
      await once(child, 'exit');
      lockDataFolder(folder, { kind: 'app', name: 'next' }).release();
    }
  });

  it('keeps the lock file, so that nobody locks another file of the same name', () => {
    lockDataFolder(folder, { kind: 'app', name: 'first' }).release();
    const inode = statSync(join(folder, 'parley.lock')).ino;
    lockDataFolder(folder, { kind: 'app', name: 'second' }).release();
    expect(statSync(join(folder, 'parley.lock')).ino).toBe(inode);
  });

  it.each([
    ['garbage', 'not json'],
    ['a foreign shape', '{"pid":"1"}'],
    ['a process that is no more', staleHolder],
  ])('still refuses when the side file holds %s', (_what, text) => {
    const lock = lockDataFolder(folder, { kind: 'app', name: 'Parley' });
    writeFileSync(join(folder, 'parley.lock.holder.json'), text);
    const error = heldError();
    expect(error.holder).toBeNull();
    expect(error.message).toContain('in use by another Parley');
    lock.release();
  });
});
