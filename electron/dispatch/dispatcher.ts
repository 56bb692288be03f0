import { projectAnswer } from '../../shared/contract/card-words.ts';
import { type ArchiveOperationName, archiveContract } from '../../shared/contract/contract.ts';
import type { Answer, Area, Caller, Progress } from '../../shared/contract/messages.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { exitStatusOf } from '../../shared/errors/error-codes.ts';
import type {
  Actor,
  CallContext,
  CommandContext,
  Handlers,
  OpenArchive,
  QueryContext,
  Surroundings,
} from '../services/context.ts';
import { moveLargeLog } from '../services/large-log.ts';
import { admitLookup } from '../services/lookup-limits.ts';
import { settleClassSums } from '../store/class-sums.ts';
import type { Writer } from '../store/sql.ts';
import { createTurnstile } from './turnstile.ts';

export interface Call {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

interface Noted {
  object: string;
  why: string;
  data: Record<string, string | number | readonly string[]>;
  /** Who agreed with an own secret: a success is their act; a failure stays with whoever called. */
  by: Actor | null;
}

/** Errors that say "you may not": they are logged as refused, everything else as failed. */
const REFUSALS = new Set(['ORIGINAL_NEVER_LEAVES', 'BORROWER_BLOCKED', 'ISSUE_REFUSED']);
const isRefusal = (error: AppError) => exitStatusOf(error.code) === 4 || REFUSALS.has(error.code);

/**
 * The only way to a service: parse → authorise → run in one transaction with its audit entry → events.
 * A failed command leaves nothing behind. Answers never hold a stack trace or a secret.
 */
export function createDispatcher(surroundings: Surroundings, handlers: Handlers): (call: Call) => Promise<Answer> {
  const { session } = surroundings;
  // Commands run one after another; a transaction never spans a message.
  const turnstile = createTurnstile();

  const writeEntry = (
    archive: OpenArchive,
    actor: Actor,
    type: string,
    outcome: 'ok' | 'refused' | 'failed',
    noted: Noted,
  ) => {
    try {
      archive.audit.append(
        { actor: actor.login, role: actor.role, type, obj: noted.object, outcome, why: noted.why, data: noted.data },
        actor.signer,
      );
    } catch (thrown) {
      const error = AppError.from(thrown);
      // R34: what cannot be logged does not happen; a full disk says so itself.
      throw error.code === 'INTERNAL' ? new AppError('AUDIT_UNAVAILABLE', { cause: thrown }) : error;
    }
  };

  /** One entry in a transaction of its own: queries, and attempts that changed nothing. */
  const logAlone = (
    archive: OpenArchive,
    actor: Actor,
    type: string,
    outcome: 'ok' | 'refused' | 'failed',
    noted: Noted,
    alongside: (sql: Writer) => void = () => {},
  ) =>
    turnstile(async () => {
      archive.database.begin();
      try {
        alongside(archive.database.writer);
        writeEntry(archive, actor, type, outcome, noted);
        archive.database.commit();
        moveLargeLog(archive);
      } catch (thrown) {
        archive.database.rollback();
        throw thrown;
      }
    });

  const inTransaction = <T>(
    operation: Operation,
    base: CallContext & { readonly archive: OpenArchive; readonly actor: Actor },
    noted: Noted,
    change: (context: CommandContext) => T | Promise<T>,
  ): Promise<T> =>
    turnstile(async () => {
      const { archive, actor } = base;
      const afterwards: Array<() => void | Promise<void>> = [];
      const undo: Array<() => void | Promise<void>> = [];
      base.signal.throwIfAborted();
      let durable = false;
      const auditSequence = archive.audit.size();
      archive.database.begin();
      try {
        const output = await change({
          ...base,
          sql: archive.database.writer,
          auditSequence,
          afterCommit: (act) => void afterwards.push(act),
          onRollback: (act) => void undo.push(act),
        });
        base.signal.throwIfAborted();
        settleClassSums(archive.database.writer);
        if (operation.audit.when !== 'never') writeEntry(archive, noted.by ?? actor, operation.audit.type, 'ok', noted);
        archive.database.commit({ leavesLog: true });
        durable = true;
        moveLargeLog(archive);
        for (const act of afterwards) await act();
        return output;
      } catch (thrown) {
        // What has been committed stays, and so does all that belongs to it, even if a file could not be handed out afterwards.
        if (durable) throw thrown;
        if (archive.database.inTransaction) archive.database.rollback();
        for (const act of undo.reverse()) await act();
        throw thrown;
      }
    });

  const authorise = (operation: Operation): { archive: OpenArchive; actor: Actor } | null => {
    if (!operation.sessions.includes(session.kind)) {
      if (session.kind === 'closed') throw new AppError('LOCKED');
      if (session.kind === 'desk')
        throw new AppError('CONFLICT', { params: { what: 'session' }, hint: 'hint.lockFirst' });
      throw new AppError('LOOKUP_ONLY');
    }
    if (session.kind === 'closed') return null;
    const { archive } = session;
    const actor = session.actor ?? archive?.deskActor ?? null;
    if (archive === null || actor === null) throw new AppError('LOCKED');
    if ((session.kind === 'desk' || session.kind === 'lookup') && !operation.roles.includes(actor.role))
      throw new AppError('ROLE_REFUSED');
    // Known damage: what is there is kept as it is until it is put right (R49).
    if (operation.kind === 'command' && !operation.whileDamaged && archive.damage.unsettled > 0)
      throw new AppError('DAMAGE_UNSETTLED', {
        params: { count: archive.damage.unsettled },
        hint: 'hint.damageUnsettled',
      });
    if (session.looking !== null && operation.whileLooking === 'refused')
      throw new AppError('BACKUP_LOOKED_INTO', { hint: 'hint.backupLookedInto' });
    return { archive, actor };
  };

  /** What a query reads: the archive, or the backup that is looked into. */
  const readArchive = (operation: Operation, archive: OpenArchive, noted: Noted): OpenArchive => {
    const { looking } = session;
    if (looking === null || operation.whileLooking === 'live') return archive;
    noted.data = { ...noted.data, inBackup: looking.backup };
    const { directory, database, audit } = looking;
    return { ...archive, directory, database, audit };
  };

  const run = async (call: Call, name: ArchiveOperationName, operation: Operation, noted: Noted): Promise<unknown> => {
    // Who may not call learns nothing about what a call would need.
    const admitted = authorise(operation);
    const input = parseInput(operation.input, call.input);
    const base: CallContext = {
      ...surroundings,
      signal: call.signal,
      progress: call.onProgress,
      note: (entry) => {
        if (entry.object !== undefined) noted.object = entry.object;
        if (entry.why !== undefined) noted.why = entry.why;
        if (entry.by !== undefined) noted.by = entry.by;
        if (entry.data !== undefined) noted.data = { ...noted.data, ...entry.data };
      },
    };
    // Each handler's input type belongs to its own name: the compiler cannot follow the pair through a lookup by name.
    const handler = handlers[name] as { readonly phase: string; run(context: unknown, input: unknown): unknown };
    if (handler.phase === 'closed' || admitted === null) return await handler.run(base, input);

    const { archive, actor } = admitted;
    const within = { ...base, archive, actor };
    const register = session.kind === 'lookup' ? admitLookup(surroundings, name, input, base.note) : undefined;
    if (handler.phase === 'command')
      return await inTransaction(operation, within, noted, (context) => handler.run(context, input) as unknown);
    const read = readArchive(operation, archive, noted);
    const query: QueryContext = { ...within, archive: read, sql: read.database.reader };
    if (handler.phase === 'job') {
      let changed = false;
      const output = await handler.run(
        {
          ...query,
          transaction: <T>(change: (context: CommandContext) => T | Promise<T>) => {
            changed = true;
            return inTransaction(operation, within, noted, change);
          },
        },
        input,
      );
      if (!changed && operation.audit.when === 'always')
        await logAlone(archive, actor, operation.audit.type, 'ok', noted);
      return output;
    }
    const output = await handler.run(query, input);
    const logged =
      operation.audit.when === 'always' || (operation.audit.when === 'lookup' && session.kind === 'lookup');
    if (logged) await logAlone(archive, actor, operation.audit.type, 'ok', noted, register);
    return output;
  };

  return async (call) => {
    const noted: Noted = { object: '', why: '', data: {}, by: null };
    const operation: Operation | undefined = Object.hasOwn(archiveContract, call.name)
      ? archiveContract[call.name as ArchiveOperationName]
      : undefined;
    try {
      if (operation === undefined) throw new AppError('USAGE', { params: { operation: call.name.slice(0, 80) } });
      const answered = await run(call, call.name as ArchiveOperationName, operation, noted);
      // Whoever was let in as that: a call that ends the session has nothing to project.
      const output = session.actor === null ? answered : projectAnswer(session.actor.role, operation.output, answered);
      if (operation.changes.length > 0) surroundings.emit(changedAreas(operation.changes));
      return { ok: true, output };
    } catch (thrown) {
      const error = call.signal.aborted ? new AppError('CANCELLED') : AppError.from(thrown);
      await logFailure(surroundings, logAlone, operation, error, noted);
      return { ok: false, error: error.toData() };
    }
  };
}

/** Every entry makes the log itself stale on the screen. */
function changedAreas(areas: readonly Area[]): readonly Area[] {
  return areas.includes('audit') ? areas : [...areas, 'audit'];
}

async function logFailure(
  { session }: Surroundings,
  log: (archive: OpenArchive, actor: Actor, type: string, outcome: 'refused' | 'failed', noted: Noted) => Promise<void>,
  operation: Operation | undefined,
  error: AppError,
  noted: Noted,
): Promise<void> {
  const { archive } = session;
  const actor = session.actor ?? archive?.deskActor;
  if (archive === null || actor === undefined || operation === undefined) return;
  const refused = isRefusal(error);
  if (!refused && operation.kind !== 'command') return;
  const said: Noted = { ...noted, data: { ...noted.data, code: error.code } };
  // A full disk: what is kept for this moment is let go, and the failure is in the log (R45).
  if (error.code === 'NO_SPACE') archive.ballast.release();
  // The answer is a refusal or failure already: if even that cannot be logged, the person still gets the first reason.
  await log(archive, actor, operation.audit.type, refused ? 'refused' : 'failed', said).catch(() => {});
}
