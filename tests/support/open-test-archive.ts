import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDispatcher } from '../../electron/dispatch/dispatcher.ts';
import { forkSpawner } from '../../electron/exchange/import-child.ts';
import { createImportClient } from '../../electron/exchange/import-client.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { copySpawner, createFileCopier } from '../../electron/platform/file-copier.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { createPrinter, printSpawner } from '../../electron/print/printer.ts';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { createScanClient, scanSpawner } from '../../electron/scans/scan-client.ts';
import type { OpenArchive, Surroundings } from '../../electron/services/context.ts';
import { createDocumentShelf } from '../../electron/services/document-shelf.ts';
import { handlers } from '../../electron/services/handlers.ts';
import { leaveArchive } from '../../electron/services/open-archive.ts';
import { closedSession } from '../../electron/services/session.ts';
import type { ArchiveOperationName, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { Answer, Area, LockReason, Progress } from '../../shared/contract/messages.ts';
import { FAST_KDF, KEEPER_SECRET } from '../builders/vault-builder.ts';

/** The archive process without a process: the same dispatcher and services in the test itself, with a cheap Argon2id. */
export interface TestArchive {
  readonly directory: string;
  readonly surroundings: Surroundings;
  /** Areas that were said to have changed, and why the process was asked to end. */
  readonly emitted: Area[];
  readonly ended: LockReason[];
  readonly progress: Progress[];
  /** The answer as a caller gets it: for refusals. */
  answer(name: ArchiveOperationName, input: unknown, signal?: AbortSignal): Promise<Answer>;
  /** The output; an error answer fails the test with its code and params. */
  dispatch<N extends ArchiveOperationName>(name: N, input: InputOf<N>, signal?: AbortSignal): Promise<OutputOf<N>>;
  /** The opened archive; throws while the session is closed. */
  readonly archive: OpenArchive;
  /** Frees database, vault, lock and printer. Keeps the folder if one was given. */
  close(): Promise<void>;
}

export interface TestArchiveOptions {
  /** Default: a scratch folder that `close` removes. */
  readonly directory?: string;
  readonly clock?: Clock;
  /** Where the second copy of the anchors goes. Default: there is none. */
  readonly dataFolder?: string;
  /** `empty`: the folder holds no archive yet and the session is closed. Default: an archive with the keeper `keeper` is created. */
  readonly start?: 'created' | 'empty';
}

export const TEST_KEEPER = { login: 'keeper', displayName: '王小明', secret: KEEPER_SECRET } as const;

export async function openTestArchive(options: TestArchiveOptions = {}): Promise<TestArchive> {
  const scratch = options.directory === undefined ? mkdtempSync(join(tmpdir(), 'dossier-archive-')) : undefined;
  const directory = options.directory ?? join(scratch ?? '', 'archive');
  const session = closedSession();
  const emitted: Area[] = [];
  const ended: LockReason[] = [];
  const progress: Progress[] = [];
  const printer = createPrinter({ spawn: printSpawner(entryPoint('print-process')) });
  const surroundings: Surroundings = {
    clock: options.clock ?? systemClock,
    random: systemRandom,
    session,
    shelf: createDocumentShelf(systemRandom),
    printer,
    importer: createImportClient({ spawn: forkSpawner(entryPoint('import-process')) }),
    copier: createFileCopier({ spawn: copySpawner(entryPoint('copy-process')) }),
    scanner: createScanClient({ spawn: scanSpawner(entryPoint('scan-process')) }),
    tables: new Map(),
    kdf: FAST_KDF,
    program: { version: '0.0.0-test', hash: '', boot: systemRandom.uuid(), releaseKey: '' },
    dataFolder: options.dataFolder,
    emit: (areas) => void emitted.push(...areas),
    end: (reason) => void ended.push(reason),
  };
  const run = createDispatcher(surroundings, handlers);
  let calls = 0;
  const answer: TestArchive['answer'] = (name, input, signal = new AbortController().signal) => {
    calls += 1;
    return run({
      callId: `test-${calls}`,
      name,
      input,
      caller: 'cli',
      signal,
      onProgress: (step) => void progress.push(step),
    });
  };
  const dispatch: TestArchive['dispatch'] = async (name, input, signal) => {
    const given = await answer(name, input, signal);
    if (!given.ok) throw new Error(`${name}: ${JSON.stringify(given.error)}`);
    return given.output as OutputOf<typeof name>;
  };
  const opened: TestArchive = {
    directory,
    surroundings,
    emitted,
    ended,
    progress,
    answer,
    dispatch,
    get archive() {
      if (session.archive === null) throw new Error('no archive is open');
      return session.archive;
    },
    async close() {
      if (session.archive !== null) await leaveArchive(session.archive);
      Object.assign(session, closedSession());
      await printer.close();
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    },
  };
  if (options.start !== 'empty') await dispatch('archive.create', { directory, name: '測試檔案', keeper: TEST_KEEPER });
  return opened;
}
