import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { requireNode } from './node-version.mjs';
import { serveBuilt } from './serve-built.mjs';

requireNode();

/** @param {string} line */
const say = (line) => console.error(line);

try {
  const port = readPort();
  await build({ say });
  // One line on stdout, for whoever started this; everything else goes to stderr.
  await serveBuilt(port, (newLink) => console.log(JSON.stringify({ url: newLink() })));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function readPort() {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  if (values.port === undefined) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 (any that is free) to 65535, not ${values.port}.`);
  }
  return port;
}
