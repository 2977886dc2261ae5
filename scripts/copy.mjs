// Copies many interviews and recordings from the embedded engine to a server and back, and compares checksums: see
// tests/integration/copy-everything.test.ts. `-- --interviews N` (20000), `--recordings N` (1000).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireNode, requireTypeStripping } from './node-version.mjs';

requireNode();
requireTypeStripping();

const { values } = parseArgs({
  options: {
    interviews: { type: 'string', default: '20000' },
    recordings: { type: 'string', default: '1000' },
  },
});
if (![values.interviews, values.recordings].every((number) => /^[1-9]\d{0,6}$/.test(number))) {
  console.error('Usage: npm run test:copy -- [--interviews N] [--recordings N]');
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'vitest', 'vitest.mjs'), 'run', 'tests/integration/copy-everything.test.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_COPY_INTERVIEWS: values.interviews,
      PARLEY_COPY_RECORDINGS: values.recordings,
    },
  },
);
process.exit(status ?? 1);
