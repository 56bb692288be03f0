import type { z } from 'zod';
import type { missingPaper, Paper } from '../../../shared/contract/dossiers.ts';

export type MissingPaper = z.infer<typeof missingPaper>;

/** One line of a catalogue sheet: a paper, or the gap that a paper should fill. */
export type BinderRow =
  | { readonly kind: 'paper'; readonly key: string; readonly type: string; readonly paper: Paper }
  | { readonly kind: 'gap'; readonly key: string; readonly type: string; readonly gap: MissingPaper };

/** Key of a gap that stays the same while the binder is reloaded. */
export function gapKey(gap: MissingPaper): string {
  return `gap:${gap.type}:${gap.exportOrder ?? ''}`;
}

/**
 * Papers and gaps of one class in binder order: document types in the order of D1–D5, inside a type the papers
 * as the catalogue gives them, then what is missing. Types unknown to `order` come last and keep their places.
 */
export function binderRows(
  papers: readonly Paper[],
  missing: readonly MissingPaper[],
  order: readonly string[],
): readonly BinderRow[] {
  const rank = new Map(order.map((type, index) => [type, index]));
  const rows: BinderRow[] = [
    ...papers.map((paper): BinderRow => ({ kind: 'paper', key: paper.code, type: paper.type, paper })),
    ...missing.map((gap): BinderRow => ({ kind: 'gap', key: gapKey(gap), type: gap.type, gap })),
  ];
  return rows
    .map((row, index) => ({ row, index, rank: rank.get(row.type) ?? order.length }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ row }) => row);
}

/** A row with the heading of its document type, where the type begins. */
export interface BinderLine {
  readonly row: BinderRow;
  readonly startsType: boolean;
}

export function withTypeStarts(rows: readonly BinderRow[]): readonly BinderLine[] {
  return rows.map((row, index) => ({ row, startsType: index === 0 || rows[index - 1]?.type !== row.type }));
}

/** Papers that count as standing in the class: superseded and removed ones keep their entry but not their place. */
export function standing(papers: readonly Paper[]): number {
  return papers.filter((paper) => paper.state !== 'removed' && paper.state !== 'superseded').length;
}

/** The type a paper moves to with Alt and an arrow; null at either end of its class. */
export function neighbourType(order: readonly string[], type: string, step: 1 | -1): string | null {
  const index = order.indexOf(type);
  return index === -1 ? null : (order[index + step] ?? null);
}
