import { build } from './build.mjs';
import { requireNode } from './node-version.mjs';

requireNode();

const commands = ['migration-run', 'migration-revert', 'migration-generate', 'seed'];

const [name, ...options] = process.argv.slice(2);
if (!commands.includes(String(name))) {
  console.error(`Say which command: ${commands.join(', ')}.`);
  process.exit(1);
}
try {
  await build({ only: ['main', 'template'], say: (line) => console.error(line) });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
// The command reads the options that are its own, and ends the process itself.
process.argv = [process.execPath, `${name}.js`, ...options];
await import(new URL(`../dist/main/${name}.js`, import.meta.url).href);
