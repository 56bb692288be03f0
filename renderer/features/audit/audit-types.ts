import { contract } from '../../../shared/contract/contract.ts';
import type { Operation } from '../../../shared/contract/operation.ts';

/** Entries that no operation of a signed-in person writes: the beginning, signing in, and what happened while the archive was closed. */
const OUTSIDE = [
  'vault.genesis',
  'session.unlock',
  'session.recovery',
  'restore',
  'filing.read',
  'user.strengthenSlot',
  'outer.secret.wrong',
  'outer.secret.delayed',
];

export interface AuditTypeGroup {
  /** First part of the operations' names; text `operationArea.<area>`. */
  readonly area: string;
  /** Texts `audit.type.<type>`. */
  readonly types: readonly string[];
}

/** Kinds of entries that people filter by: everything that the contract logs, by area, each once, in the contract's order. */
export const AUDIT_TYPE_GROUPS: readonly AuditTypeGroup[] = (() => {
  const areas = new Map<string, Set<string>>([['session', new Set(OUTSIDE)]]);
  const seen = new Set(OUTSIDE);
  for (const [name, { audit, kind }] of Object.entries(contract) as [string, Operation][]) {
    if (kind === 'host' || audit.when === 'never' || seen.has(audit.type)) continue;
    seen.add(audit.type);
    const area = name.slice(0, name.indexOf('.'));
    areas.set(area, (areas.get(area) ?? new Set()).add(audit.type));
  }
  return [...areas].map(([area, types]) => ({ area, types: [...types] }));
})();
