import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Runs Node with these arguments, on a virtual display (xvfb) where a display is needed and there is none, and ends
 * this process with its exit code when that is not 0.
 *
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, needsDisplay: boolean }} options
 */
export function runOnDisplay(args, { env, needsDisplay }) {
  const missing = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const virtual = needsDisplay && missing;
  if (virtual && !onPath('xvfb-run')) {
    console.error('Electron needs a display: start one, or install xvfb.');
    process.exit(1);
  }
  const [command, ...rest] = virtual
    ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', process.execPath, ...args]
    : [process.execPath, ...args];
  const { status, error } = spawnSync(String(command), rest, { env, stdio: 'inherit' });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Where a program is, if it is on the path.
 *
 * @param {string} name
 */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
