import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { createCandidates } from '../main/candidates/candidates.ts';
import { createDataSource } from '../main/database/data-source.ts';
import { openEmbeddedEngine } from '../main/database/embedded/embedded-engine.ts';
import { User } from '../main/database/entities/index.ts';
import { createDesk } from '../main/desk/desk.ts';
import { EventHub } from '../main/events.ts';
import { createFind } from '../main/find/find.ts';
import { forkNode } from '../main/hosts/node-fork.ts';
import { createInterviews } from '../main/interviews/interviews.ts';
import { createKits } from '../main/kits/kits.ts';
import { createLibrary } from '../main/library/library.ts';
import { createNotes } from '../main/notes/notes.ts';
import { createGate } from '../main/operations/gate.ts';
import type { Handlers, SignedInPerson } from '../main/operations/handlers.ts';
import { createRecordings } from '../main/recordings/recordings.ts';
import { createReview } from '../main/review/review.ts';
import { createScorecards } from '../main/scorecards/scorecards.ts';
import type { InputOf, OperationName, OutputOf } from '../shared/contract/index.ts';
import type { Role } from '../shared/model/roles.ts';

/** Main's features behind their gate, on a fresh embedded database, with somebody signed in; no window, no host. */
export interface Workbench {
  readonly person: SignedInPerson;
  readonly dataSource: DataSource;
  /** A bare driver on the same engine. */
  readonly bare: Client;
  readonly folder: string;
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  close(): Promise<void>;
}

/** @param role whose eyes it is seen with */
export async function openWorkbench(role: Role = 'CANDIDATE'): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const engine = await openEmbeddedEngine({ folder: join(folder, 'database'), log: () => undefined });
  const dataSource = await createDataSource({ kind: 'embedded', engine }).initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  const person: SignedInPerson = { id: v7(), role, sessionId: v7() };
  await dataSource.getRepository(User).insert({
    id: person.id,
    email: 'bench@example.com',
    passwordHash: 'none',
    name: 'Bench',
    role: person.role,
  });
  const database = { dataSource, engine: { kind: 'embedded' as const, place: folder } };
  const events = new EventHub();
  const log = pino({ level: 'silent' });
  const library = createLibrary();
  await library.installStarter(dataSource);
  const recordings = createRecordings({
    ...{ database, events, log, fork: forkNode },
    folder: join(folder, 'recordings'),
  });
  const interviews = createInterviews({ database, events, log, library, recordings });
  const gate = createGate({
    // The other features are not there; nothing here calls them.
    handlers: {
      ...interviews.handlers,
      ...recordings.handlers,
      ...library.handlers(database),
      ...createKits({ database, library }).handlers,
      ...createCandidates({ database, log }).handlers,
      ...createDesk({ database, events, library, recordings, log }).handlers,
      ...createFind({ database }).handlers,
      ...createReview({ database }).handlers,
      ...createScorecards({ database, events }).handlers,
      ...createNotes({ database, events }).handlers,
    } as Handlers,
    require: async () => undefined,
    explain: () => null,
    personOf: async () => person,
    report: ({ error }) => {
      throw error;
    },
  });
  const bare = new Client({ stream: () => engine.stream(), user: 'postgres', database: 'postgres' });
  await bare.connect();

  return {
    ...{ person, dataSource, bare, folder },
    async call(name, input) {
      const result = await gate({ id: 'bench', label: 'bench' }, name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
      return result.value as OutputOf<typeof name>;
    },
    async close() {
      interviews.close();
      await recordings.close();
      await bare.end();
      await dataSource.destroy();
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
