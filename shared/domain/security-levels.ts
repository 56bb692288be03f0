/**
 * Security levels (密級) of papers and cards, forms-and-standards §7.8: 公開 / 內部 / 普通商密 / 核心商密, from open to closed.
 * A company's own papers are trade secrets, not state secrets.
 */
export const SECURITY_LEVELS = ['public', 'internal', 'ordinaryTradeSecret', 'coreTradeSecret'] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

export const DEFAULT_SECURITY_LEVEL: SecurityLevel = 'ordinaryTradeSecret';

/** Negative if `a` is more open than `b`. */
export function compareSecurity(a: SecurityLevel, b: SecurityLevel): number {
  return SECURITY_LEVELS.indexOf(a) - SECURITY_LEVELS.indexOf(b);
}

/** The strictest of several levels: a volume is as secret as its most secret paper. `public` for none. */
export function strictestLevel(levels: readonly SecurityLevel[]): SecurityLevel {
  return levels.reduce<SecurityLevel>(
    (strictest, level) => (compareSecurity(level, strictest) > 0 ? level : strictest),
    'public',
  );
}
