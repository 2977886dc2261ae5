// Takes the guide's pictures anew, from the real app; tests/screenshots/take.ts has the options.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { build } from './build.mjs';
import { requireNode, requireTypeStripping } from './node-version.mjs';

requireNode();
requireTypeStripping();
await build({ say: console.log });
/** @type {{ module: { main: (args: string[]) => Promise<void> } }} */
const { module } = await runnerImport('/tests/screenshots/take.ts', {
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  oxc: { decorator: { legacy: true } },
});
await module.main(process.argv.slice(2));
process.exit(0);
