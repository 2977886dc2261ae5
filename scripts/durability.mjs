import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { requireNode, requireTypeStripping } from './node-version.mjs';

// Kills, power cuts, full disks and second openers against the embedded database: see tests/durability.
// Options: --rounds N (30), --only kill|power-cut|full-disk|openers.

requireNode();
requireTypeStripping();

const { status } = spawnSync(process.execPath, [program(), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);

function program() {
  return fileURLToPath(new URL('../tests/durability/run.ts', import.meta.url));
}
