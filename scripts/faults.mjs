// Faults against recording, on the real thing: see tests/faults and docs/RELIABILITY.md.
// `-- --rounds N` (30), `--only <row>`, `--seed N`, `--write` for the table in docs/RELIABILITY.md; `soak` instead of the
// rows, with `--minutes N` (240) and `--real-minutes N`.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { requireNode } from './node-version.mjs';
import { runOnDisplay } from './run-on-display.mjs';

requireNode();

const [first, program, ...rest] = process.argv.slice(2);
if (first === '--inside') {
  /** @type {{ module: { main: (args: string[]) => Promise<boolean> } }} */
  const { module } = await runnerImport(`/tests/faults/${program}.ts`, {
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    oxc: { decorator: { legacy: true } },
  });
  process.exit((await module.main(rest)) ? 0 : 1);
}

const runtime = await electronRuntime(console.log);
console.log(`Electron: ${runtime.path ?? `none, since ${runtime.reason}; its rows are left out`}`);
await build({ say: console.log });
const given = process.argv.slice(2);
const inside = given[0] === 'soak' ? ['soak', ...given.slice(1)] : ['run', ...given];
runOnDisplay([fileURLToPath(import.meta.url), '--inside', ...inside], {
  env: { ...process.env, PARLEY_E2E_ELECTRON: runtime.path ?? '' },
  needsDisplay: runtime.path !== undefined,
});
