/** What a backup says of itself (security.md §11), and what its files may be called. */
import { z } from 'zod';

const manifestShape = z.object({
  format: z.literal(1),
  vault: z.string(),
  epoch: z.int(),
  logSize: z.int(),
  logRoot: z.string(),
  /** Chain value after the last entry: a later log holds it, a forked one does not. */
  logChain: z.string().default(''),
  /** Rows by table. */
  rows: z.record(z.string(), z.int()),
  schema: z.int(),
  program: z.string(),
  made: z.string(),
  /** Latest time that the log had seen. */
  highWater: z.string().default(''),
  /** The last entries, for whoever compares: no values, only when, what and by whom. */
  lastEntries: z
    .array(z.object({ seq: z.int(), at: z.string(), type: z.string(), actor: z.string(), obj: z.string() }))
    .default([]),
  /** An incremental backup carries only what the ones before it on the same medium do not. Null: everything is in here. */
  base: z.object({ file: z.string(), manifest: z.string() }).nullable().default(null),
  files: z.array(
    z.object({
      name: z.string(),
      size: z.int(),
      sha256: z.string(),
      /** False: it lies in an earlier backup of the chain. */
      here: z.boolean().default(true),
    }),
  ),
});
export type BackupManifest = z.infer<typeof manifestShape>;

/** Names that a backup may hold, so that nothing is ever written outside the folder it is restored into. */
export const INSIDE_BACKUP =
  /^(archive\.db|vault\.json|keyring\.note|anchors\.log|keys\/full-\d+\.age|att\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f-]{36}\.age)$/;

/** The manifest in these bytes; `newer` when a later program wrote it, undefined when it is none. */
export function parseBackupManifest(bytes: Buffer): BackupManifest | 'newer' | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = manifestShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const format = (json as { format?: unknown } | null)?.format;
  return typeof format === 'number' && format > 1 ? 'newer' : undefined;
}
