import { archive } from '../gateway/archive.ts';
import { onForget } from '../state/reset-registry.ts';
import { importDraftsKey, seal, unseal } from './cipher.ts';
import { closeDraftDatabase, openDraftDatabase, type SealedRow } from './draft-database.ts';

/** Something typed and not yet saved. `scope` names the form (`card`, `newCard`, `paper` …), `id` the record or a word for a new one. */
export interface Draft<Value = unknown> {
  readonly scope: string;
  readonly id: string;
  /** What lists show: the customer's name, the paper's title. */
  readonly title: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly savedAt: number;
  readonly value: Value;
}

interface OpenDrafts {
  readonly key: CryptoKey;
  readonly vaultId: string;
}

let open: Promise<OpenDrafts> | null = null;
/** Writes under way or waiting, by record: the last one wins, and a lock flushes them. */
const pending = new Map<string, () => Promise<void>>();
const listeners = new Set<() => void>();
/** Writes of one record run one after the other: a delete must not be overtaken by an older save. */
let writes: Promise<unknown> = Promise.resolve();

function inOrder<T>(write: () => Promise<T>): Promise<T> {
  const next = writes.then(write, write);
  writes = next.catch(() => undefined);
  return next;
}

/** Asks the archive for the drafts key; after unlock, once. Drafts need no key before. */
export function openDrafts(vaultId: string): void {
  open ??= archive
    .call('session.draftsKey', {})
    .then(async ({ key }) => ({ key: await importDraftsKey(key), vaultId }));
  open.catch(() => {
    open = null;
  });
}

onForget(() => {
  // What was typed in the last moments is still written: the writes below hold the key themselves.
  for (const flush of pending.values()) void flush();
  pending.clear();
  open = null;
});

function announce(): void {
  for (const listener of listeners) listener();
}

/** Hears that drafts came or went; returns the function that ends it. */
export function onDraftsChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function recordId(vaultId: string, scope: string, id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${vaultId}\n${scope}\n${id}`));
  return Array.from(new Uint8Array(digest).subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps a draft at once. Without an open archive it does nothing. */
export async function saveDraft(draft: Omit<Draft, 'savedAt'>): Promise<void> {
  const opened = await open;
  if (opened === null) return;
  await inOrder(async () => {
    const id = await recordId(opened.vaultId, draft.scope, draft.id);
    const savedAt = Date.now();
    const sealed = await seal(opened.key, id, { ...draft, savedAt });
    const { drafts } = await openDraftDatabase(opened.vaultId);
    await drafts.put({ id, savedAt, ...sealed });
  });
  announce();
}

/** Keeps a draft soon: `delay` milliseconds after the last call for the same record, or at a lock. */
export function saveDraftSoon(draft: Omit<Draft, 'savedAt'>, delay: number): void {
  const name = `${draft.scope}\n${draft.id}`;
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    if (pending.get(name) === flush) pending.delete(name);
    return saveDraft(draft).catch(() => undefined);
  };
  const timer = setTimeout(() => void flush(), delay);
  cancelTimer.get(name)?.();
  cancelTimer.set(name, () => clearTimeout(timer));
  pending.set(name, flush);
}
const cancelTimer = new Map<string, () => void>();

/** Forgets a draft: it was saved or given up. */
export async function deleteDraft(scope: string, id: string): Promise<void> {
  const name = `${scope}\n${id}`;
  cancelTimer.get(name)?.();
  cancelTimer.delete(name);
  pending.delete(name);
  const opened = await open;
  if (opened === null) return;
  await inOrder(async () => {
    const { drafts } = await openDraftDatabase(opened.vaultId);
    await drafts.delete(await recordId(opened.vaultId, scope, id));
  });
  announce();
}

/** The draft of a record; null if there is none. */
export async function loadDraft<Value>(scope: string, id: string): Promise<Draft<Value> | null> {
  const opened = await open;
  if (opened === null) return null;
  await writes;
  const { drafts } = await openDraftDatabase(opened.vaultId);
  const row = await drafts.get(await recordId(opened.vaultId, scope, id));
  return row === undefined ? null : readRow<Value>(opened, row);
}

/** Every unfinished draft of this archive, the newest first. */
export async function listDrafts(): Promise<readonly Draft[]> {
  const opened = await open;
  if (opened === null) return [];
  await writes;
  const rows = await (await openDraftDatabase(opened.vaultId)).drafts.toArray();
  const drafts = await Promise.all(rows.map((row) => readRow<unknown>(opened, row)));
  return drafts.filter((draft) => draft !== null).sort((a, b) => b.savedAt - a.savedAt);
}

async function readRow<Value>({ key }: OpenDrafts, row: SealedRow): Promise<Draft<Value> | null> {
  return ((await unseal(key, row.id, row)) as Draft<Value> | undefined) ?? null;
}

/** Other sealed records of this window: named by a hash, read back whole. */
export interface SealedRecords {
  get<Value>(name: string): Promise<Value | undefined>;
  put(name: string, value: unknown): Promise<void>;
}

/** The records of a table; undefined without an open archive. */
export async function openSealedRecords(table: 'views'): Promise<SealedRecords | undefined> {
  const opened = await open;
  if (opened === null) return undefined;
  const { [table]: rows } = await openDraftDatabase(opened.vaultId);
  return {
    async get<Value>(name: string) {
      await writes;
      const id = await recordId(opened.vaultId, table, name);
      const row = await rows.get(id);
      return row === undefined ? undefined : ((await unseal(opened.key, id, row)) as Value | undefined);
    },
    put: (name, value) =>
      inOrder(async () => {
        const id = await recordId(opened.vaultId, table, name);
        await rows.put({ id, savedAt: Date.now(), ...(await seal(opened.key, id, value)) });
      }),
  };
}

/** Closes the database on disk; for tests and before an archive is left. */
export async function closeDrafts(): Promise<void> {
  await writes;
  closeDraftDatabase();
}
