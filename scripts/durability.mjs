import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNode, requireTypeStripping } from './node-version.mjs';

// Kills, power cuts, full disks and second openers against the embedded database: see tests/durability. And kills of
// migrations, on a server too where there is one: see tests/integration/kill-while-migrating.test.ts.
// Options: --rounds N (30), --only kill|power-cut|full-disk|openers|migrations.

requireNode();
requireTypeStripping();

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, only: { type: 'string' } },
});
if (!/^[1-9]\d*$/.test(values.rounds)) {
  console.error('--rounds takes a number.');
  process.exit(2);
}
const statuses = [];
if (values.only !== 'migrations') statuses.push(run([program(), ...process.argv.slice(2)]));
if (!values.only || values.only === 'migrations') {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  statuses.push(
    run([vitest, 'run', 'tests/integration/kill-while-migrating.test.ts'], {
      PARLEY_KILL_ROUNDS: values.rounds,
    }),
  );
}
process.exit(Math.max(...statuses));

/**
 * @param {string[]} args
 * @param {Record<string, string>} environment
 */
function run(args, environment = {}) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status ?? 1;
}

function program() {
  return fileURLToPath(new URL('../tests/durability/run.ts', import.meta.url));
}
