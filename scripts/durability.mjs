import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requireNode } from './node-version.mjs';

// Kills, power cuts, full disks and second openers against the embedded database: see tests/durability.
// Options: --rounds N (30), --only kill|power-cut|full-disk|openers.

requireNode();

const { status } = spawnSync(nodeForTypeScript(), [program(), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);

function program() {
  return fileURLToPath(new URL('../tests/durability/run.ts', import.meta.url));
}

/** The tests are TypeScript that Node runs as it is, from version 22.18 on; the pinned one can. */
function nodeForTypeScript() {
  if (process.features.typescript) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
  return existsSync(pinned) ? pinned : process.execPath;
}
