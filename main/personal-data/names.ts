/** Windows counts 260 characters for a whole path; of a name, Linux counts 255 bytes. */
const MOST_CHARACTERS = 60;
const MOST_BYTES = 150;

/**
 * Words of people as a part of a file's name that every system takes: nothing in it is a separator, a wildcard or
 * invisible, and it neither begins nor ends with a dot or a space.
 */
export function asFileName(words: string): string {
  const plain = words
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ');
  return trimmed(cut(trimmed(plain))) || 'untitled';
}

function cut(words: string): string {
  let kept = '';
  let characters = 0;
  for (const character of words) {
    characters += 1;
    if (characters > MOST_CHARACTERS || Buffer.byteLength(kept + character) > MOST_BYTES) return kept;
    kept += character;
  }
  return kept;
}

function trimmed(words: string): string {
  return words.replaceAll(/^[\s.]+|[\s.]+$/gu, '');
}

/** Gives every file a name of its own, also where capitals do not count and accents are written in two ways. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** @param extension with its dot */
  take(folder: string, name: string, extension: string): string {
    for (let number = 1; ; number += 1) {
      const path = `${folder}/${name}${number === 1 ? '' : ` (${number})`}${extension}`;
      const key = path.normalize('NFKC').toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return path;
    }
  }
}

/** The day where this machine is, such as `2026-03-01`. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
