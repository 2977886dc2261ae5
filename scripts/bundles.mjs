import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('vite').InlineConfig} InlineConfig */

/**
 * One part of dist/ that is built, and found stale, by itself.
 *
 * @typedef {object} Bundle
 * @property {string} name the folder in dist/
 * @property {string[]} inputs files and folders it is made of, besides package-lock.json and this file
 * @property {(vite: typeof import('vite'), outDir: string) => Promise<InlineConfig>} config
 */

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {InlineConfig} */
const common = {
  root,
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  build: { emptyOutDir: true, copyPublicDir: false, reportCompressedSize: false },
};

/** @type {Bundle} */
const main = {
  name: 'main',
  inputs: ['main', 'shared', 'migrations'],
  async config(vite, outDir) {
    /** @type {{ module: typeof import('../main/worker-entry.ts') }} */
    const { module: workers } = await vite.runnerImport('/main/worker-entry.ts', { ...common });
    return {
      ...common,
      build: {
        ...common.build,
        outDir,
        ssr: true,
        target: 'node20.18',
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: mainEntries(workers.workerSources),
          // The names of entity and migration classes end up in the database.
          output: {
            format: 'es',
            keepNames: true,
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
          },
        },
      },
      oxc: { decorator: { legacy: true } },
      // One file is read and compiled in 0.1 s of work where TypeORM's seven hundred take 0.25 s. What loads files
      // of its own (WebAssembly, a native addon) stays where it is.
      ssr: { noExternal: true, external: ['@electric-sql/pglite', 'fs-native-extensions', 'electron'] },
    };
  },
};

/**
 * Electron, the browser host, the workers and one entry a command, all flat in one folder.
 *
 * @param {Record<string, string>} workers
 */
function mainEntries(workers) {
  const commands = join(root, 'main/scripts');
  const scripts = existsSync(commands)
    ? readdirSync(commands).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    : [];
  return {
    index: 'main/index.ts',
    serve: 'main/serve.ts',
    'bcrypt-worker': 'main/accounts/bcrypt-worker.ts',
    ...Object.fromEntries(
      Object.entries(workers).map(([name, source]) => [`${name}-worker`, join('main', source)]),
    ),
    ...Object.fromEntries(scripts.map((file) => [basename(file, '.ts'), `main/scripts/${file}`])),
  };
}

/** @type {Bundle} */
const preload = {
  name: 'preload',
  inputs: ['main/hosts/electron/preload.ts', 'shared'],
  async config(vite, outDir) {
    // Only the names go into the preload: it is loaded before every page, and zod is larger than all of it.
    /** @type {{ module: typeof import('../shared/contract/index.ts') }} */
    const { module: contract } = await vite.runnerImport('/shared/contract/index.ts', { ...common });
    return {
      ...common,
      define: {
        PARLEY_OPERATIONS: JSON.stringify(Object.keys(contract.operations)),
        PARLEY_EVENTS: JSON.stringify(Object.keys(contract.events)),
      },
      build: {
        ...common.build,
        outDir,
        target: 'chrome130',
        minify: false,
        lib: { entry: 'main/hosts/electron/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
        rolldownOptions: { external: ['electron'] },
      },
    };
  },
};

/** @type {Bundle} */
const renderer = {
  name: 'renderer',
  inputs: ['renderer', 'shared'],
  async config(_, outDir) {
    const { default: react } = await import('@vitejs/plugin-react');
    return {
      ...common,
      root: join(root, 'renderer'),
      base: '/',
      plugins: [react()],
      build: {
        ...common.build,
        outDir,
        copyPublicDir: true,
        target: 'chrome130',
        // Everything comes from files of our own: the content security policy allows no data: fonts or scripts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2000,
      },
    };
  },
};

export const bundles = [main, preload, renderer];
