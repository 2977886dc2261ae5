import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './node-version.mjs';

/** Made by the build, kept beside main's bundle, and stale by rules of its own. */
const TEMPLATE = 'embedded-template.tgz';

/**
 * Builds what is stale of dist/.
 *
 * @param {{ force?: boolean, only?: string[], say: (line: string) => void }} options `only` these parts; `say` is told
 *   what is being done
 */
export async function build({ force = false, only, say }) {
  const { bundles, root } = await import('./bundles.mjs');
  const { fingerprint } = await import('./fingerprint.mjs');
  const dist = join(root, 'dist');
  const always = ['package.json', 'package-lock.json', 'scripts/bundles.mjs', 'scripts/build.mjs'];
  const pieces = [
    ...bundles.map((bundle) => ({
      name: bundle.name,
      inputs: [...bundle.inputs, ...always],
      make: () => writeBundle(bundle, join(dist, bundle.name)),
    })),
    {
      name: 'template',
      inputs: [
        ...['template', 'tarball', 'cluster', 'durable-file-system'].map(
          (name) => `main/database/embedded/${name}.ts`,
        ),
        'node_modules/@electric-sql/pglite/package.json',
      ],
      make: () => writeTemplate(root, join(dist, 'main', TEMPLATE)),
    },
  ];
  const stale = pieces
    .filter((piece) => !only || only.includes(piece.name))
    .map((piece) => ({ ...piece, stamp: fingerprint(root, piece.inputs) }))
    .filter((piece) => force || readStamp(dist, piece.name) !== piece.stamp);
  if (stale.length === 0) return;
  say(`Building ${stale.map((piece) => piece.name).join(', ')} …`);
  const began = Date.now();
  const failures = [];
  for (const piece of stale) {
    // One that does not build keeps nobody from working on the others.
    try {
      await piece.make();
      writeStamp(dist, piece.name, piece.stamp);
    } catch (error) {
      failures.push(
        new Error(`${piece.name} does not build: ${error instanceof Error ? error.message : error}`),
      );
    }
  }
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n\n'));
  say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

/**
 * Makes a bundle in a folder of its own and then moves it file by file over what is there, entries last, and takes away
 * what no longer belongs to it: who starts Parley meanwhile finds the old one or the new one.
 *
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {string} folder
 */
async function writeBundle(bundle, folder) {
  const vite = await import('vite');
  const fresh = `${folder}.${process.pid}.new`;
  try {
    await vite.build(await bundle.config(vite, fresh));
    // The deepest first: entries lie at the top and name the others.
    const made = filesBelow(fresh).sort(
      (a, b) => depth(b) - depth(a) || Number(isEntry(a)) - Number(isEntry(b)),
    );
    for (const name of made) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      renameSync(join(fresh, name), join(folder, name));
    }
    const kept = new Set([...made, TEMPLATE]);
    for (const name of filesBelow(folder)) {
      if (!kept.has(name)) rmSync(join(folder, name));
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** @param {string} name */
function depth(name) {
  return name.split(sep).length;
}

/** Chunks have a hash in their names, entries have none. @param {string} name */
function isEntry(name) {
  return !/-[\w-]{8}\./.test(name);
}

/**
 * @param {string} root
 * @param {string} file
 */
async function writeTemplate(root, file) {
  const { runnerImport } = await import('vite');
  /** @type {{ module: typeof import('../main/database/embedded/template.ts') }} */
  const { module } = await runnerImport('/main/database/embedded/template.ts', {
    root,
    configFile: false,
    envDir: false,
    logLevel: 'warn',
  });
  await module.writeTemplate(file);
}

/**
 * @param {string} dist
 * @param {string} name
 */
function readStamp(dist, name) {
  try {
    return readFileSync(join(dist, '.stamps', name), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} dist
 * @param {string} name
 * @param {string} stamp
 */
function writeStamp(dist, name, stamp) {
  mkdirSync(join(dist, '.stamps'), { recursive: true });
  writeFileSync(join(dist, '.stamps', name), stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  build({ force: process.argv.includes('--force'), say: (line) => console.error(line) }).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
