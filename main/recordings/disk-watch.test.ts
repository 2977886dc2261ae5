import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { DiskWatch } from './disk-watch.ts';

const minute = 60_000;

test('refuses an answer that might not fit, raw and finished, with room for the database beside it', async () => {
  let free = 0;
  const disk = new DiskWatch(async () => free);
  // Ten minutes at 32 kbit/s are 2.4 MB; twice that, and 32 MiB.
  free = 4_800_000 + 32 * 1024 * 1024;
  await disk.require('here', 10 * minute);
  free -= 1;
  await expect(disk.require('here', 10 * minute)).rejects.toMatchObject({ code: 'DISK_FULL' });
});

test('tells of less than 500 MB, and of less than an hour of recording', async () => {
  const rooms: string[] = [];
  for (const free of [500_000_000, 499_999_999, 62_400_000, 62_300_000]) {
    const disk = new DiskWatch(async () => free);
    await disk.require('here', minute);
    rooms.push(disk.room('here'));
  }
  expect(rooms).toEqual(['ample', 'low', 'low', 'nearly-full']);
});

test('looks at most every few seconds, keeps nobody waiting, and forgives a disk that cannot be asked', async () => {
  vi.useFakeTimers();
  try {
    const answers = [1e9, 1e6];
    let looks = 0;
    const disk = new DiskWatch(async () => {
      looks += 1;
      const free = answers.shift();
      if (free === undefined) throw new Error('The disk is away.');
      return free;
    });
    for (let chunk = 0; chunk < 8; chunk += 1) {
      expect(disk.room('here')).toBe('ample');
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(3_000);
    disk.room('here');
    await vi.advanceTimersByTimeAsync(0);
    expect(disk.room('here')).toBe('nearly-full');
    await vi.advanceTimersByTimeAsync(3_001);
    expect(disk.room('here')).toBe('nearly-full');
    expect(looks).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

test('asks the disk itself', async () => {
  await new DiskWatch().require(tmpdir(), 1);
});
