import { fstatSync, fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What of Emscripten's module this file leans on. Not in PGlite's types; held by the fsync test. */
interface NodeFileSystemInternals {
  NODEFS: {
    stream_ops: { fsync?: (stream: { nfd: number }) => number };
    /** Turns an error of Node into one that the engine understands as an errno. */
    tryFSOperation<T>(operation: () => T): T;
  };
}

type FileSystemOptions = Parameters<NodeFS['init']>[1];

/**
 * PGlite's file system on a real folder, plus what it leaves out: fsync. Without it a commit is in the
 * operating system's memory and a power cut loses it, or leaves a folder that does not open.
 */
export class DurableFileSystem extends NodeFS {
  readonly #synced: () => void;

  /** @param synced called after each flush to disk. */
  constructor(folder: string, synced: () => void) {
    super(folder);
    this.#synced = synced;
  }

  override async init(pg: PGlite, options: FileSystemOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (module: unknown): void => {
      const { NODEFS } = module as NodeFileSystemInternals;
      NODEFS.stream_ops.fsync = (stream) => {
        NODEFS.tryFSOperation(() => flushToDisk(stream.nfd));
        this.#synced();
        return 0;
      };
    };
    // Before the mount: it hands out the operations as they are then.
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [addFsync, ...(emscriptenOpts.preRun ?? [])] } };
  }
}

function flushToDisk(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Windows cannot flush a directory and needs not; PostgreSQL knows that there, but is a Unix build here.
    if (process.platform === 'win32' && fstatSync(descriptor).isDirectory()) return;
    throw error;
  }
}
