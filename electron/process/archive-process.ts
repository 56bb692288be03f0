import { readFileSync } from 'node:fs';
import type { ArchiveEvent, LockReason } from '../../shared/contract/messages.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { forkSpawner } from '../exchange/import-child.ts';
import { createImportClient } from '../exchange/import-client.ts';
import { systemClock } from '../platform/clock.ts';
import { systemRandom } from '../platform/random.ts';
import { createPrinter } from '../print/printer.ts';
import type { Surroundings } from '../services/context.ts';
import { createDocumentShelf } from '../services/document-shelf.ts';
import { handlers } from '../services/handlers.ts';
import { closeArchive } from '../services/open-archive.ts';
import { closedSession, sessionDue } from '../services/session.ts';
import { readSettings } from '../services/settings.ts';
import { PRODUCTION_KDF } from '../vault/vault.ts';
import { entryPoint } from './entry-points.ts';
import { relayedImportSpawner } from './import-relay.ts';
import { parentChannel } from './message-pump.ts';
import { programVersion } from './program-version.ts';

/**
 * The archive process: the one process that holds keys, database, policy and log. It begins closed, opens one archive
 * at most, and ends when that is locked: the operating system takes the memory back (security §1.1).
 */
const channel = parentChannel();
const session = closedSession();
const running = new Map<string, AbortController>();
const clock = systemClock;

/** How often idleness is looked at, and when a warning goes out. */
const TICK_MS = 1_000;
const WARN_SECONDS = 30;

const emit = (event: ArchiveEvent) => channel.send({ kind: 'event', event });
let ending = false;

/** Ends this process. What runs is cancelled; what is acknowledged is durable already. */
function end(reason: LockReason): void {
  if (ending) return;
  ending = true;
  for (const controller of running.values()) controller.abort();
  emit({ type: 'locked', reason });
  // Answers that are on their way leave first; nothing waits longer than the two seconds of R24.
  setTimeout(() => {
    try {
      if (session.archive !== null) closeArchive(session.archive);
    } finally {
      process.exit(0);
    }
  }, 50);
  setTimeout(() => process.exit(0), 1_200).unref();
}

const surroundings: Surroundings = {
  clock,
  random: systemRandom,
  session,
  shelf: createDocumentShelf(systemRandom),
  printer: createPrinter({ workerPath: entryPoint('print-worker') }),
  importer: createImportClient({
    spawn:
      channel.importRelay === undefined
        ? forkSpawner(entryPoint('import-process'))
        : relayedImportSpawner(channel.importRelay),
  }),
  tables: new Map(),
  kdf: PRODUCTION_KDF,
  program: { version: programVersion((path) => readFileSync(path, 'utf8')), boot: systemRandom.uuid() },
  emit: (areas) => emit({ type: 'changed', areas }),
  end,
};
const dispatch = createDispatcher(surroundings, handlers);

channel.onMessage((message) => {
  if (message.kind === 'lock') return end(message.reason);
  if (message.kind === 'cancel') return running.get(message.callId)?.abort();
  const { callId, name, input, caller } = message;
  if (running.has(callId)) return;
  const controller = new AbortController();
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
setInterval(() => {
  if (session.kind === 'closed' || session.archive === null || ending) return;
  // Long work that somebody started is somebody at the desk.
  if (session.kind === 'desk' && running.size > 0) session.lastActivityMs = clock.monotonicMs();
  const { due, secondsLeft } = sessionDue(surroundings, readSettings(session.archive.database.reader).idleLockSeconds);
  if (due !== null) return end(due);
  if (secondsLeft <= WARN_SECONDS && !warned) emit({ type: 'sessionEnding', secondsLeft });
  warned = secondsLeft <= WARN_SECONDS;
}, TICK_MS);

channel.send({ kind: 'ready' });
