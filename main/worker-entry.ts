/**
 * Every worker's source, by name, relative to main/. The build makes an entry of each. The ones of recordings run in
 * processes of their own (worker-process.ts), the others in threads.
 */
export const workerSources = {
  bcrypt: './accounts/bcrypt-worker.ts',
  decode: './recordings/decode-worker.ts',
  'embedded-database': './database/embedded/worker.ts',
  'library-file': './library/files/parse-worker.ts',
  peaks: './recordings/peaks-worker.ts',
  remux: './recordings/remux-worker.ts',
} as const;

export type WorkerName = keyof typeof workerSources;

/**
 * Where a worker's code is: beside the bundle, or, when the sources run as they are (in tests), the source itself,
 * which Node runs by stripping its types. So a worker's sources hold erasable TypeScript only.
 */
export function workerEntry(name: WorkerName): URL {
  const fromSources = import.meta.url.endsWith('.ts');
  return new URL(fromSources ? workerSources[name] : `./${name}-worker.js`, import.meta.url);
}
