import type { OutputOf } from '../../shared/contract/contract.ts';
import type { Damage as ShownDamage } from '../../shared/contract/fixity.ts';
import { fixityDueOn, isSingleFile } from '../../shared/domain/fixity.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { writeInfo } from '../store/archive-records.ts';
import {
  abandonFixityRounds,
  acceptedFiles,
  attachmentsAfter,
  countAttachments,
  countUnsettled,
  type Damage,
  type FixityRound,
  type FoundDamage,
  findDamage,
  insertDamage,
  lastFixityRound,
  openFixityRound,
  saveFixityRound,
  settleDamage,
  settledDamages,
  unsettledDamages,
} from '../store/fixity.ts';
import { checkIntegrityApart } from '../store/integrity-check.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { checkSealed } from '../vault/sealed-files.ts';
import { vaultPaths } from '../vault/vault.ts';
import type { HandlersOf, JobContext, OpenArchive } from './context.ts';
import { sealedOf } from './documents.ts';
import { publicKeyOf } from './open-archive.ts';
import { dayOf } from './today.ts';

/** What was read is kept at least so often: a lock, a crash or a cancellation loses no more than this. */
const KEPT_EVERY_MS = 20_000;
/** Sealed files asked for at once. */
const BATCH = 100;
const SETTLED_SHOWN = 20;

export function shownDamage(row: Damage): ShownDamage {
  return {
    id: row.id,
    foundAt: row.found_at,
    kind: row.kind,
    subject: row.subject,
    name: row.name,
    customer: row.customer,
    detail: row.detail,
    single: isSingleFile(row.kind),
    settledAt: row.settled_at,
    settled: row.settled,
    settledBy: row.settled_by,
    reason: row.reason,
  };
}

function shownRound(row: FixityRound): NonNullable<OutputOf<'fixity.status'>['last']> {
  const { started_at, ended_at, phase, files, bytes, damaged } = row;
  return { startedAt: started_at, endedAt: ended_at, phase, files, bytes, damaged };
}

/** The day by which everything is to be read again. */
function fixityDue(sql: Reader, created: string): string {
  const last = lastFixityRound(sql)?.ended_at;
  return fixityDueOn(last === null || last === undefined ? null : dayOf(new Date(last)), dayOf(new Date(created)));
}

/** Whether a round is begun or due, for whoever has the time. */
export function fixityWaits({ database, vault }: Pick<OpenArchive, 'database' | 'vault'>, today: string): boolean {
  return openFixityRound(database.reader) !== undefined || fixityDue(database.reader, vault.created) <= today;
}

const damageOf = (
  kind: FoundDamage['kind'],
  subject: string,
  more: Partial<Pick<FoundDamage, 'name' | 'customer' | 'attachment_id' | 'detail'>> = {},
): FoundDamage => ({ kind, subject, name: '', customer: '', attachment_id: '', detail: '', ...more });

async function damagesOfDatabase({ archive, signal }: JobContext): Promise<FoundDamage[]> {
  const path = vaultPaths(archive.directory).database;
  try {
    const problems = await checkIntegrityApart(path, archive.vault.databaseKey, signal);
    const tables = new Map<string, string>();
    for (const problem of problems) {
      const [, table = 'archive.db', detail = problem] = /^(\w+): (.*)$/su.exec(problem) ?? [];
      if (!tables.has(table)) tables.set(table, detail.slice(0, 300));
    }
    return [...tables].map(([table, detail]) => damageOf('database', table, { detail }));
  } catch (thrown) {
    const { code, params } = AppError.from(thrown);
    if (code === 'INPUT_OUTPUT' && params['reason'] === 'VAULT_DAMAGED')
      return [damageOf('database', 'archive.db', { detail: 'VAULT_DAMAGED' })];
    throw thrown;
  }
}

async function damagesOfLog(context: JobContext): Promise<FoundDamage[]> {
  const { archive, signal } = context;
  const log = await archive.audit.verify({
    publicKeyOf: (keyId) => publicKeyOf(archive, keyId),
    signal,
    onProgress: (done, total) => context.progress({ phase: 'verifying', done, total }),
  });
  const anchors = await archive.anchors.judgeOwn();
  return [
    ...(log.firstBad === undefined ? [] : [damageOf('log', String(log.firstBad.seq), { detail: log.firstBad.kind })]),
    ...(anchors.ok ? [] : [damageOf('log', 'anchors.log', { detail: anchors.detail })]),
  ];
}

/** One round in pieces: what has been read is kept as it goes. */
class Round {
  readonly #context: JobContext;
  readonly #until: number;
  #row: FixityRound;
  #found: FoundDamage[] = [];
  /** Files that were damaged when they were read last and are sound now. */
  #sound: string[] = [];
  #keptAt: number;

  constructor(context: JobContext, row: FixityRound, seconds: number | undefined) {
    this.#context = context;
    this.#row = row;
    this.#keptAt = context.clock.monotonicMs();
    this.#until = seconds === undefined ? Number.POSITIVE_INFINITY : this.#keptAt + seconds * 1_000;
  }

  get row(): FixityRound {
    return this.#row;
  }

  #timeIsUp(): boolean {
    return this.#context.clock.monotonicMs() >= this.#until;
  }

  async #keep(change: Partial<FixityRound>): Promise<void> {
    const { clock, archive, actor } = this.#context;
    const at = clock.now().toISOString();
    const found = this.#found;
    const sound = this.#sound;
    const row = { ...this.#row, ...change, damaged: this.#row.damaged + found.length };
    this.#context.note({
      object: `vault:${archive.vault.vaultId}`,
      data: {
        phase: row.phase,
        files: row.files,
        bytes: row.bytes,
        damaged: row.damaged,
        complete: row.ended_at === null ? 0 : 1,
        ...(found.length === 0 ? {} : { names: found.slice(0, 20).map(({ kind, subject }) => `${kind} ${subject}`) }),
      },
    });
    // Even if it cannot be written down (the table itself may be what is damaged), nothing may be changed from now on.
    archive.damage.unsettled += found.length;
    await this.#context.transaction(({ sql }) => {
      this.#row = saveFixityRound(sql, row);
      for (const one of found) insertDamage(sql, at, one);
      settleSound(sql, sound, at, actor.displayName);
      if (row.ended_at !== null && row.damaged === 0) writeInfo(sql, 'lastVerified', row.ended_at);
    });
    archive.damage.unsettled = countUnsettled(this.#context.sql);
    this.#found = [];
    this.#sound = [];
    this.#keptAt = clock.monotonicMs();
  }

  /** Goes on to the end, or until its time is up. */
  async run(): Promise<boolean> {
    const { progress, clock } = this.#context;
    if (this.#row.phase === 'database') {
      progress({ phase: 'verifyingDatabase', done: 0, total: 0 });
      this.#found = await damagesOfDatabase(this.#context);
      await this.#keep({ phase: 'log' });
      if (this.#timeIsUp()) return false;
    }
    if (this.#row.phase === 'log') {
      this.#found = await damagesOfLog(this.#context);
      await this.#keep({ phase: 'files' });
      if (this.#timeIsUp()) return false;
    }
    if (this.#row.phase === 'files' && !(await this.#files())) return false;
    await this.#keep({ phase: 'done', ended_at: clock.now().toISOString() });
    return true;
  }

  async #files(): Promise<boolean> {
    const { sql, archive, signal, clock } = this.#context;
    const { files: total } = countAttachments(sql);
    const accepted = acceptedFiles(sql);
    const damaged = new Set(unsettledDamages(sql).map((row) => row.attachment_id));
    for (;;) {
      const batch = attachmentsAfter(sql, this.#row.after_id, BATCH);
      if (batch.length === 0) return true;
      for (const file of batch) {
        signal.throwIfAborted();
        const wrong = await checkSealed(archive.directory, sealedOf(file));
        if (wrong !== undefined && !accepted.has(file.id))
          this.#found.push(
            damageOf(wrong, file.code ?? file.name, {
              name: file.name,
              customer: file.customer ?? '',
              attachment_id: file.id,
            }),
          );
        else if (wrong === undefined && damaged.has(file.id)) this.#sound.push(file.id);
        this.#row = { ...this.#row, after_id: file.id, files: this.#row.files + 1, bytes: this.#row.bytes + file.size };
        this.#context.progress({ phase: 'verifyingFiles', done: this.#row.files, total });
        if (this.#timeIsUp()) {
          await this.#keep({});
          return false;
        }
        if (clock.monotonicMs() - this.#keptAt >= KEPT_EVERY_MS) await this.#keep({});
      }
    }
  }
}

/** What was damaged and reads as it should again (a folder that was away, a copy put back by hand) is settled. */
function settleSound(sql: Writer, ids: readonly string[], at: string, by: string): void {
  const wanted = new Set(ids);
  for (const row of unsettledDamages(sql))
    if (wanted.has(row.attachment_id)) settleDamage(sql, row.id, { at, by, settled: 'sound', reason: '' });
}

/** A damage that waits to be put right. Errors: NOT_FOUND. */
export function getDamage(sql: Reader, id: number): Damage {
  const row = findDamage(sql, id);
  if (row === undefined || row.settled_at !== null)
    throw new AppError('NOT_FOUND', { params: { what: 'damage', number: id } });
  return row;
}

export const fixityHandlers: HandlersOf<'fixity.run' | 'fixity.status' | 'fixity.accept'> = {
  'fixity.run': {
    phase: 'job',
    async run(context, { seconds, restart }) {
      const { sql, clock, archive } = context;
      if (restart) await context.transaction((change) => abandonFixityRounds(change.sql));
      const begun = openFixityRound(sql) ?? {
        id: 0,
        started_at: clock.now().toISOString(),
        ended_at: null,
        phase: 'database' as const,
        after_id: '',
        files: 0,
        bytes: 0,
        damaged: 0,
      };
      const round = new Round(context, begun, seconds);
      const done = await round.run();
      if (done && round.row.damaged > 0) await archive.anchors.write();
      return { done, round: shownRound(round.row), found: unsettledDamages(sql).map(shownDamage) };
    },
  },
  'fixity.status': {
    phase: 'query',
    run({ sql, archive }) {
      const running = openFixityRound(sql);
      const last = lastFixityRound(sql);
      return {
        running: running === undefined ? null : shownRound(running),
        last: last === undefined ? null : shownRound(last),
        dueOn: fixityDue(sql, archive.vault.created),
        total: countAttachments(sql),
        damages: unsettledDamages(sql).map(shownDamage),
        settled: settledDamages(sql, SETTLED_SHOWN).map(shownDamage),
      };
    },
  },
  'fixity.accept': {
    phase: 'command',
    run(context, { id, reason }) {
      const { sql, clock, actor, archive } = context;
      const row = getDamage(sql, id);
      if (!isSingleFile(row.kind))
        throw new AppError('DAMAGE_UNSETTLED', { params: { count: 1 }, hint: 'hint.restoreWhole' });
      context.note({ object: `damage:${row.subject}`, why: reason, data: { kind: row.kind, file: row.attachment_id } });
      settleDamage(sql, id, { at: clock.now().toISOString(), by: actor.displayName, settled: 'accepted', reason });
      const left = countUnsettled(sql);
      context.afterCommit(() => {
        archive.damage.unsettled = left;
      });
      const accepted = findDamage(sql, id);
      if (accepted === undefined) throw new AppError('INTERNAL');
      return { accepted: shownDamage(accepted), left };
    },
  },
};
