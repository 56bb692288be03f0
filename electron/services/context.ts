import type { ArchiveOperationName, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { Area, LockReason, Progress } from '../../shared/contract/messages.ts';
import type { SessionKind } from '../../shared/contract/operation.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { ImportClient } from '../exchange/import-client.ts';
import type { Ballast } from '../platform/ballast.ts';
import type { Clock } from '../platform/clock.ts';
import type { FileCopier } from '../platform/file-copier.ts';
import type { Random } from '../platform/random.ts';
import type { Signer } from '../platform/signer.ts';
import type { PrintCommon } from '../print/print-data.ts';
import type { Printer } from '../print/printer.ts';
import type { ScanClient } from '../scans/scan-client.ts';
import type { ArchiveDatabase } from '../store/connection.ts';
import type { InstanceLock } from '../store/instance-lock.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { KdfParameters } from '../vault/kdf.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import type { Anchors, LogDoubt } from './anchoring.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { ReadTable } from './table-imports.ts';

/** Who acts: the audit entry names and signs with this. */
export interface Actor {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly signer: Signer;
}

/** A manager's locked lookup (L2). Ends by itself: the monotonic clock decides, not the wall clock (R23). */
export interface Lookup {
  readonly id: number;
  readonly purpose: string;
  readonly startedAt: string;
  readonly expiresAt: string;
  readonly expiresMonotonicMs: number;
  /** Monotonic times of this reader's searches, also of earlier lookups (R28). */
  readonly searches: number[];
  /** Numbers of records seen. */
  readonly records: Set<string>;
}

/** Everything of one opened archive. Exists from unlock until the process ends. */
export interface OpenArchive {
  readonly directory: string;
  readonly name: string;
  readonly practice: boolean;
  readonly vault: OpenVault;
  readonly database: ArchiveDatabase;
  readonly audit: AuditLog;
  readonly instanceLock: InstanceLock;
  /** The keeper (or supervisor) whose secret opened it. */
  readonly deskActor: Actor;
  readonly systemSigner: Signer;
  readonly anchors: Anchors;
  /** Files of another state stood here at unlock (R57); said at the desk as long as this session lasts. */
  readonly logDoubt: LogDoubt | null;
  /** What is known to be damaged and not yet put right: until then nothing is changed (R49). */
  readonly damage: { unsettled: number };
  /** Room for the entry of a failure when the disk is full (R45). */
  readonly ballast: Ballast;
  /** Monotonic times of searches by reader's login, over all lookups since the archive was opened (R28). */
  readonly lookupSearches: Map<string, number[]>;
  /** Kept from creation until two of its groups were typed back; null afterwards (R10: it is on no disk). */
  recoveryKey: string | null;
}

/** A backup that is looked into: a copy of its database, with the sealed files that could be had, in a folder of its own. */
export interface BackupLook {
  readonly file: string;
  readonly made: string;
  /** SHA-256 of its manifest: stands in each entry of what was seen there. */
  readonly backup: string;
  readonly directory: string;
  readonly database: ArchiveDatabase;
  readonly audit: AuditLog;
  /** Closes the copy and takes it away. */
  close(): Promise<void>;
}

/** The session of this process. Changes only through the functions of `session.ts`. */
export interface Session {
  kind: SessionKind;
  archive: OpenArchive | null;
  /** The acting person: at the desk the keeper, in a lookup the manager. */
  actor: Actor | null;
  lookup: Lookup | null;
  looking: BackupLook | null;
  openedMonotonicMs: number;
  lastActivityMs: number;
  /** Why the process is about to end; null while the session goes on. */
  ending: LockReason | null;
}

/** What the process gives to every service. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly session: Session;
  readonly shelf: DocumentShelf;
  readonly printer: Printer;
  readonly importer: ImportClient;
  readonly scanner: ScanClient;
  readonly copier: FileCopier;
  /** Tables read for an import, until the next one is read. */
  readonly tables: Map<string, ReadTable>;
  readonly kdf: KdfParameters;
  /** `hash`: of all files of the packed program, else empty. `releaseKey`: by what updates are signed; empty where this build has none. */
  readonly program: {
    readonly version: string;
    readonly hash: string;
    readonly boot: string;
    readonly releaseKey: string;
  };
  /** The program's own folder: the second copy of the anchors stands there. None in tests and tools. */
  readonly dataFolder: string | undefined;
  emit(areas: readonly Area[]): void;
  /** Ends the process after the answer has been sent. */
  end(reason: LockReason): void;
}

export interface CallContext extends Surroundings {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  /** What the audit entry of this call says: identifiers, counts, names of fields; never values (R36). */
  note(entry: {
    object?: string;
    why?: string;
    data?: Record<string, string | number | readonly string[]>;
    /** Whose act it is, where that is not the person at the desk: the entry names them and carries their signature. */
    by?: Actor;
  }): void;
}

/** Before an archive is open. */
export type ClosedContext = CallContext;

export interface QueryContext extends CallContext {
  readonly archive: OpenArchive;
  readonly actor: Actor;
  readonly sql: Reader;
}

/** Runs inside one transaction together with its audit entry: what throws leaves nothing behind. */
export interface CommandContext extends CallContext {
  readonly archive: OpenArchive;
  readonly actor: Actor;
  readonly sql: Writer;
  /** Sequence number that this command's audit entry will have. */
  readonly auditSequence: number;
  /** Of a print that is a part of a larger whole. */
  readonly paging?: PrintCommon['paging'];
  /** Runs once the transaction is durable, before the answer is sent. What fails here is answered as an error; the change stays. */
  afterCommit(act: () => void | Promise<void>): void;
  /** Runs when the transaction is given up: what was written outside the database is removed. */
  onRollback(act: () => void | Promise<void>): void;
}

/** Long work: reads and prepares outside a transaction, then changes everything in one. */
export interface JobContext extends QueryContext {
  /** As a rule once a job; work that must not lose what it has done writes in pieces. Each has its audit entry in the same transaction. */
  transaction<T>(change: (context: CommandContext) => T | Promise<T>): Promise<T>;
}

type Answering<N extends ArchiveOperationName> = OutputOf<N> | Promise<OutputOf<N>>;
export type Handler<N extends ArchiveOperationName> =
  | { readonly phase: 'closed'; run(context: ClosedContext, input: ParsedInputOf<N>): Answering<N> }
  | { readonly phase: 'query'; run(context: QueryContext, input: ParsedInputOf<N>): Answering<N> }
  | { readonly phase: 'command'; run(context: CommandContext, input: ParsedInputOf<N>): Answering<N> }
  | { readonly phase: 'job'; run(context: JobContext, input: ParsedInputOf<N>): Answering<N> };
export type Handlers = { readonly [N in ArchiveOperationName]: Handler<N> };
export type HandlersOf<N extends ArchiveOperationName> = Pick<Handlers, N>;
