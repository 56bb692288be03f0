import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ArchiveOperationName } from '../../shared/contract/contract.ts';
import type { ArchiveEvent, LockReason } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { forkSpawner } from '../exchange/import-child.ts';
import { createImportClient } from '../exchange/import-client.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { copySpawner, createFileCopier } from '../platform/file-copier.ts';
import { returnStartingMemory } from '../platform/memory.ts';
import { systemRandom } from '../platform/random.ts';
import { RELEASE_KEY } from '../platform/release-key.ts';
import { createPrinter, printSpawner } from '../print/printer.ts';
import { createScanClient, scanSpawner } from '../scans/scan-client.ts';
import type { Surroundings } from '../services/context.ts';
import { createDocumentShelf } from '../services/document-shelf.ts';
import { fixityWaits } from '../services/fixity.ts';
import { handlers } from '../services/handlers.ts';
import { closeArchive, leaveArchive } from '../services/open-archive.ts';
import { scansWait } from '../services/scan-reading.ts';
import { trayState } from '../services/scan-tray.ts';
import { rememberSecondStart } from '../services/second-start.ts';
import { closedSession, lookupIsOver, sessionDue } from '../services/session.ts';
import { readSettings } from '../services/settings.ts';
import { todayOf } from '../services/today.ts';
import { mergeSearchIndex } from '../store/search-index.ts';
import { readingsOfName } from '../store/search-text.ts';
import type { KdfParameters } from '../vault/vault.ts';
import { relayedSpawners } from './child-relay.ts';
import { entryPoint } from './entry-points.ts';
import type { Channel } from './message-pump.ts';
import { packageHash, programVersion } from './program-version.ts';

/** How often idleness is looked at, and when a warning goes out. */
const TICK_MS = 1_000;
const WARN_SECONDS = 30;
/** Milliseconds for answers that are on their way, and for the whole ending: below the host's patience (R24). */
const LAST_ANSWERS_MS = 50;
/** Everything is read again (R49), and new scans are read, while nobody has called for so long, in pieces of so many seconds. */
const QUIET_MS = 15_000;
/** The house is kept while nobody has called for so long; in pieces that make no later caller wait. */
const PAUSE_MS = 700;
const QUIET_WORK_SECONDS = 15;
/** Seconds between two looks into the scanner's folder. */
const TRAY_SECONDS = 3;
const LONGEST_ENDING_MS = 1_200;

/** At the lock nothing is drawn that this process would hold up, and somebody waits for Argon2id. */
const AT_THE_LOCK: ReadonlySet<string> = new Set<ArchiveOperationName>([
  'session.current',
  'archive.unlock',
  'archive.unlockWithRecoveryKey',
]);

export interface ArchiveProcessParts {
  readonly channel: Channel;
  /** Cost of new slots and least cost of those that are read (R06). */
  readonly kdf: KdfParameters;
  /** Arguments of the process: `--data-folder DIR`, the program's own folder. */
  readonly args: readonly string[];
  readonly clock?: Clock;
  /** Called once, when there is other work than letting somebody in. */
  readonly giveWay?: () => void;
  /** Names of known answers that were wrong; anything but an empty list opens nothing (R72). None in tests of other things. */
  readonly selfTest?: () => Promise<readonly string[]>;
}

/**
 * The archive process: the one process that holds keys, database, policy and log. It begins closed, opens one archive
 * at most, and ends when that is locked: the operating system takes the memory back (security §1.1).
 */
export function serveArchive({
  channel,
  kdf,
  args,
  clock = systemClock,
  giveWay,
  selfTest,
}: ArchiveProcessParts): void {
  const { values } = parseArgs({ args: [...args], options: { 'data-folder': { type: 'string' } }, strict: false });
  const dataFolder = values['data-folder'];
  const session = closedSession();
  const running = new Map<string, AbortController>();
  const emit = (event: ArchiveEvent) => channel.send({ kind: 'event', event });
  let ending = false;
  /** What the process does of itself while nobody works; ends with it. */
  const ownWork = new AbortController();

  /** Ends this process. What runs is cancelled; what is acknowledged is durable already. */
  function end(reason: LockReason): void {
    if (ending) return;
    ending = true;
    session.ending = reason;
    for (const controller of running.values()) controller.abort();
    ownWork.abort();
    emit({ type: 'locked', reason });
    setTimeout(async () => {
      try {
        // A lookup that a lock cuts short has its end in the register and in the log.
        if (session.kind === 'lookup') await callItself('lookup.end');
        await session.looking?.close();
        if (session.archive !== null) await leaveArchive(session.archive);
      } finally {
        process.exit(0);
      }
    }, LAST_ANSWERS_MS);
    setTimeout(() => {
      try {
        if (session.archive !== null) closeArchive(session.archive);
      } finally {
        process.exit(0);
      }
    }, LONGEST_ENDING_MS).unref();
  }

  const relayed = channel.childRelay === undefined ? undefined : relayedSpawners(channel.childRelay);
  const surroundings: Surroundings = {
    clock,
    random: systemRandom,
    session,
    shelf: createDocumentShelf(systemRandom),
    printer: createPrinter({ spawn: relayed?.('print') ?? printSpawner(entryPoint('print-process')) }),
    importer: createImportClient({ spawn: relayed?.('import') ?? forkSpawner(entryPoint('import-process')) }),
    copier: createFileCopier({ spawn: relayed?.('copy') ?? copySpawner(entryPoint('copy-process')) }),
    scanner: createScanClient({ spawn: relayed?.('scan') ?? scanSpawner(entryPoint('scan-process')) }),
    tables: new Map(),
    kdf,
    program: {
      version: programVersion((path) => readFileSync(path, 'utf8')),
      hash: packageHash((path) => readFileSync(path, 'utf8')),
      boot: systemRandom.uuid(),
      releaseKey: RELEASE_KEY,
    },
    dataFolder: typeof dataFolder === 'string' ? dataFolder : undefined,
    // The answer goes first: somebody is waiting for it.
    emit: (areas) => void setImmediate(() => emit({ type: 'changed', areas })),
    end,
  };
  const dispatch = createDispatcher(surroundings, handlers);

  /** What the process does of itself goes the one way, too: through the dispatcher, with its entry. */
  const callItself = (name: ArchiveOperationName, input: unknown = {}, signal = new AbortController().signal) =>
    dispatch({ callId: name, name, input, caller: 'cli', signal, onProgress() {} });

  /** Set when this program does not compute as published: then every call is refused. */
  let unsound: AppError | undefined;

  let calledAt = clock.monotonicMs();
  /** True once something was called after the house was last kept. */
  let used = false;
  /** A piece at a time: tables are read, the search index is merged, then the write-ahead log moved into the database. */
  function keepHouse(): void {
    const { archive } = session;
    if (archive?.database.isOpen !== true || ending || !used || running.size > 0) return;
    if (clock.monotonicMs() - calledAt < PAUSE_MS || archive.database.inTransaction || archive.damage.unsettled > 0)
      return;
    // Else the first search of a session reads the tables of pinyin and scripts. Not behind the lock screen: there memory is needed for Argon2id.
    readingsOfName('重慶');
    try {
      if (mergeSearchIndex(archive.database.writer)) return void setImmediate(keepHouse);
      archive.database.checkpointWal();
    } catch {
      // A full or unreadable disk is told by the next act that needs it.
    }
    used = false;
  }

  let reading = false;
  let readingFailed = false;
  /** A piece of the weekly round when it is due, else of the reading of scans, when nobody has called for a while. */
  async function readInTheQuiet(): Promise<void> {
    const { archive, actor, kind } = session;
    if (reading || archive === null || kind !== 'desk' || running.size > 0) return;
    if (clock.monotonicMs() - calledAt < QUIET_MS || (actor?.role !== 'keeper' && actor?.role !== 'supervisor')) return;
    archive.ballast.fillWithRoom();
    reading = true;
    if (fixityWaits(archive, todayOf(clock)))
      await callItself('fixity.run', { seconds: QUIET_WORK_SECONDS }, ownWork.signal);
    else if (!readingFailed && archive.damage.unsettled === 0 && scansWait(archive)) {
      const answer = await callItself('scans.read', { seconds: QUIET_WORK_SECONDS }, ownWork.signal);
      // What fails once would fail every second: it waits for somebody to ask for it, or for the next session.
      readingFailed = !answer.ok;
    }
    reading = false;
  }

  let trayKnown = '';
  let trayTold = true;
  /** Tells the window that the scanner has put something into its folder; once more when it has had time to finish. */
  async function watchTray(): Promise<void> {
    const { archive, kind, actor } = session;
    if (archive === null || kind !== 'desk' || actor?.role !== 'keeper') return;
    const state = await trayState(archive);
    if (state === trayKnown && trayTold) return;
    trayTold = state === trayKnown;
    trayKnown = state;
    emit({ type: 'changed', areas: ['scans'] });
  }

  let givesWay = false;
  channel.onMessage((message) => {
    if (message.kind === 'lock') return end(message.reason);
    if (message.kind === 'secondStart') return void rememberSecondStart(surroundings, message.vault);
    if (message.kind === 'cancel') return running.get(message.callId)?.abort();
    const { callId, name, input, caller } = message;
    if (running.has(callId)) return;
    if (!givesWay && !AT_THE_LOCK.has(name)) {
      givesWay = true;
      giveWay?.();
    }
    if (unsound !== undefined)
      return channel.send({ kind: 'answer', callId, answer: { ok: false, error: unsound.toData() } });
    const controller = new AbortController();
    calledAt = clock.monotonicMs();
    used = true;
    // A window asks on its own too, and says apart when somebody is there; the command line asks only what somebody wants.
    if (caller === 'cli' && session.kind === 'desk') session.lastActivityMs = calledAt;
    running.set(callId, controller);
    void dispatch({
      callId,
      name,
      input,
      caller,
      signal: controller.signal,
      onProgress: (progress) => emit({ type: 'progress', callId, progress }),
    }).then((answer) => {
      running.delete(callId);
      channel.send({ kind: 'answer', callId, answer });
    });
  });
  // The host is gone: nobody may be left who holds a key.
  channel.onClose(() => end('crash'));

  let warned = false;
  let ticks = 0;
  setInterval(() => {
    // Between the change of the key and the end of this process nothing is open to be asked.
    if (session.kind === 'closed' || session.archive?.database.isOpen !== true || ending) return;
    if (lookupIsOver(surroundings)) return void callItself('lookup.end');
    // Long work that somebody started is somebody at the desk.
    if (session.kind === 'desk' && running.size > 0) session.lastActivityMs = clock.monotonicMs();
    const { due, secondsLeft } = sessionDue(
      surroundings,
      readSettings(session.archive.database.reader).idleLockSeconds,
    );
    if (due !== null) return end(due);
    if (secondsLeft <= WARN_SECONDS && !warned) emit({ type: 'sessionEnding', secondsLeft });
    warned = secondsLeft <= WARN_SECONDS;
    keepHouse();
    void readInTheQuiet();
    ticks += 1;
    if (ticks % TRAY_SECONDS === 0) void watchTray();
  }, TICK_MS);

  // Calls wait at the host until then.
  void (selfTest?.() ?? Promise.resolve([])).then((failed) => {
    if (failed.length > 0) unsound = new AppError('SELF_TEST_FAILED', { params: { names: failed.join(', ') } });
    channel.send({ kind: 'ready' });
    // Behind the lock screen, while a secret is typed: the memory of Argon2id comes on top of what is held then.
    setTimeout(() => {
      if (session.archive === null && running.size === 0) returnStartingMemory();
    }, PAUSE_MS).unref();
  });
}
