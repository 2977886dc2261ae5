// Runs on any Node that knows ES modules, however old: it is here to name the one that is too old.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = { major: 20, minor: 19 };

/**
 * Makes sure that the script runs on a Node that is new enough. Inside `npm run` the pinned Node of node_modules comes
 * first by itself; a script that was called by hand with an old one is handed over to the pinned one.
 *
 * Returns when all is well; ends the process otherwise.
 */
export function requireNode() {
  if (isNewEnough(process.versions.node)) {
    requireDependencies();
    return;
  }
  const pinned = pinnedNode();
  if (pinned) {
    const [script, ...args] = process.argv.slice(1);
    const { status } = spawnSync(pinned, [String(script), ...args], { stdio: 'inherit' });
    process.exit(status === null ? 1 : status);
  }
  console.error(
    `Parley needs Node ${OLDEST.major}.${OLDEST.minor} or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  );
  process.exit(1);
}

/**
 * Makes sure that Node runs TypeScript as it is: tests and benchmarks start workers from their sources. The pinned Node
 * does; the system's own, which serves where install scripts are off, may not: then this ends the process.
 */
export function requireTypeStripping() {
  if (process.features.typescript) return;
  console.error(
    `Tests and benchmarks need Node 22.18 or newer; this is ${process.versions.node}. Let npm run the install script of the “node” package, which brings one, or install a newer Node.`,
  );
  process.exit(1);
}

/** @param {string} version such as `20.19.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

function requireDependencies() {
  if (existsSync(new URL('../node_modules/vite/package.json', import.meta.url))) return;
  console.error('The packages that Parley is made of are not installed yet. Run `npm ci` first.');
  process.exit(1);
}
