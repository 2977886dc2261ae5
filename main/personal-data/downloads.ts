import { open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { v4, v7 } from 'uuid';
import type { SignedInPerson } from '../operations/handlers.ts';
import { makeFolder } from '../recordings/take-files.ts';

/** How long a file waits to be fetched. */
const KEEP_MS = 60 * 60_000;

interface Offered {
  file: string;
  /** Who had it made. */
  askerId: string;
  /** Whose data it is. */
  personId: string;
  timer: NodeJS.Timeout;
}

/** Archives that a browser fetches, at `/downloads/<key>`: each for whoever had it made, while they are signed in. */
export class Downloads {
  readonly folder: string;
  readonly #offered = new Map<string, Offered>();

  /** @param folder of this alone: it is removed as a whole */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Where to write a file of this name. */
  async place(fileName: string): Promise<string> {
    const folder = join(this.folder, v7());
    await makeFolder(folder);
    return join(folder, fileName);
  }

  /**
   * @param personId whose data it is: somebody else's is there for an admin only
   * @returns its address; an hour later the file is gone
   */
  offer(file: string, { id: askerId }: SignedInPerson, personId: string): string {
    const key = v4();
    const timer = setTimeout(() => void this.#remove(key).catch(() => undefined), KEEP_MS);
    timer.unref();
    this.#offered.set(key, { file, askerId, personId, timer });
    return `/downloads/${key}`;
  }

  /** Removes what there is of somebody who is erased. */
  async forget(personId: string): Promise<void> {
    for (const [key, offered] of this.#offered) if (offered.personId === personId) await this.#remove(key);
  }

  async respond(request: Request, person: SignedInPerson | null): Promise<Response> {
    if (request.method !== 'GET') return new Response('Method not allowed', { status: 405, headers });
    const key = /^https?:\/\/[^/?#]+\/downloads\/([\w-]{36})$/.exec(request.url)?.[1] ?? '';
    const offered = this.#offered.get(key);
    const isSelf = offered?.personId === person?.id;
    const may = person && offered?.askerId === person.id && (isSelf || person.role === 'ADMIN');
    if (!offered || !may) {
      return new Response('This file is not here any more. Have it made again.', { status: 404, headers });
    }
    const handle = await open(offered.file, 'r');
    const { size } = await handle.stat();
    const body = Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: {
        ...headers,
        'content-type': 'application/zip',
        'content-length': String(size),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(offered.file))}`,
      },
    });
  }

  /** What is being read of it is read to its end. */
  async #remove(key: string): Promise<void> {
    const offered = this.#offered.get(key);
    this.#offered.delete(key);
    clearTimeout(offered?.timer);
    if (offered) await rm(offered.file, { force: true });
  }
}

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
