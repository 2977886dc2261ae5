/**
 * Runs the built browser host in this process until SIGINT or SIGTERM.
 *
 * @param {number | undefined} port
 * @param {(newLink: () => string) => void} announce is called once links can be opened; each link works once
 */
export async function serveBuilt(port, announce) {
  /** @type {typeof import('../main/serve.ts')} */
  const { serve } = await import(new URL('../dist/main/serve.js', import.meta.url).href);
  await serve({ port, announce });
  // Nothing is left to do; a connection that lingers must not keep the process.
  process.exit(0);
}
