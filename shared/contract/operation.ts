import type { z } from 'zod';
import type { Role } from '../domain/roles.ts';
import type { Area } from './messages.ts';

/**
 * In which session an operation may be called.
 * `closed`: no archive is open · `desk`: somebody is signed in at the desk · `lookup`: a manager reads (L2) ·
 * `handover`: the keeper has handed the screen over and nobody has signed in yet.
 */
export type SessionKind = 'closed' | 'desk' | 'handover' | 'lookup';

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** A query changes nothing but the log; a command changes the archive and runs alone. `host` operations are answered by the host. */
  readonly kind: 'query' | 'command' | 'host';
  readonly sessions: readonly SessionKind[];
  /** Roles that may call it in a `desk` or `lookup` session; empty for operations of `closed` and `handover` sessions. */
  readonly roles: readonly Role[];
  readonly input: I;
  readonly output: O;
  /** Type of the audit entry; `always`: one entry a call · `lookup`: only in a lookup session (the keeper's own lists are not acts) · `never`. */
  readonly audit: { readonly type: string; readonly when: 'always' | 'lookup' | 'never' };
  /** What becomes stale when a command has succeeded. */
  readonly changes: readonly Area[];
  /** May be called although something is known to be damaged: it changes no record (R49). Queries always may. */
  readonly whileDamaged: boolean;
  /**
   * While somebody looks into a backup: `backup`: answered from it (queries) · `live`: from the archive itself · `refused` (commands).
   */
  readonly whileLooking: 'backup' | 'live' | 'refused';
  /** One sentence for the command line's help and the generated tables, in English. */
  readonly summary: string;
}

const defaults = { changes: [] as readonly Area[], whileDamaged: false };

/** Declares one operation. The compiler derives the typed clients and the handlers' types from it. */
export function operation<I extends z.ZodType, O extends z.ZodType>(
  definition: Omit<Operation<I, O>, 'changes' | 'whileDamaged' | 'whileLooking'> &
    Partial<Pick<Operation<I, O>, 'changes' | 'whileDamaged' | 'whileLooking'>>,
): Operation<I, O> {
  const whileLooking = definition.kind === 'query' ? 'backup' : 'refused';
  return { ...defaults, whileLooking, ...definition };
}
