// Measures Parley beside baselines, in one run. `-- --json FILE` keeps the figures, `-- --only desk` measures one part.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { requireNode, requireTypeStripping } from './node-version.mjs';
import { runOnDisplay } from './run-on-display.mjs';

requireNode();
requireTypeStripping();

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, inside: { type: 'boolean' } },
});
const { path } = await electronRuntime(console.log);

if (values.inside) {
  /** @type {{ module: typeof import('../bench/index.ts') }} */
  const { module } = await runnerImport('/bench/index.ts', {
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    oxc: { decorator: { legacy: true } },
  });
  await module.bench({ electron: path !== undefined, json: values.json, only: values.only });
  process.exit(0);
}

await build({ say: console.log });
runOnDisplay([fileURLToPath(import.meta.url), '--inside', ...process.argv.slice(2)], {
  env: process.env,
  needsDisplay: path !== undefined,
});
