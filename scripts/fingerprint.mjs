import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash over the names and contents of files, and of all files in folders. Contents, not times: a checkout or a copy
 * of the folder changes every time and nothing else. Tests are left out, no bundle holds them.
 *
 * @param {string} root
 * @param {string[]} inputs paths relative to the root; a missing one counts as such
 * @returns {string} 64 hexadecimal digits
 */
export function fingerprint(root, inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const path of filesOf(root, input)) {
      hash.update(`${path}\0`);
      if (existsSync(join(root, path)))
        hash.update(
          createHash('sha256')
            .update(readFileSync(join(root, path)))
            .digest(),
        );
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}
