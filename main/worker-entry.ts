/** Every worker's source, by name, relative to main/. The build makes an entry of each. */
export const workerSources = {
  bcrypt: './accounts/bcrypt-worker.ts',
  'embedded-database': './database/embedded/worker.ts',
  'library-file': './library/files/parse-worker.ts',
  peaks: './recordings/peaks-worker.ts',
  remux: './recordings/remux-worker.ts',
} as const;

/**
 * Where a worker's code is: beside the bundle, or, when the sources run as they are (in tests), the source itself,
 * which Node runs by stripping its types. So a worker's sources hold erasable TypeScript only.
 */
export function workerEntry(name: keyof typeof workerSources): URL {
  const fromSources = import.meta.url.endsWith('.ts');
  return new URL(fromSources ? workerSources[name] : `./${name}-worker.js`, import.meta.url);
}
