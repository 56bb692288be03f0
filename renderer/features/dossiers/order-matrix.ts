import type { Paper } from '../../../shared/contract/dossiers.ts';

/** One of the four documents of an export order (D4): filed, waived with its reason, or missing. */
export type OrderCell =
  | { readonly type: string; readonly state: 'filed'; readonly papers: readonly Paper[] }
  | { readonly type: string; readonly state: 'waived'; readonly reason: string }
  | { readonly type: string; readonly state: 'missing' };

export interface OrderLine {
  readonly orderNumber: string;
  readonly date: string;
  readonly description: string;
  readonly cells: readonly OrderCell[];
  readonly missing: number;
}

interface MatrixInput {
  readonly orders: readonly { orderNumber: string; date: string; description: string }[];
  readonly papers: readonly Paper[];
  readonly waivers: readonly { type: string; exportOrder: string | null; reason: string }[];
  /** The four document types in binder order. */
  readonly types: readonly string[];
}

const COUNTS: readonly Paper['state'][] = ['inPlace', 'lent', 'bound'];

/** Orders × documents, newest order first (D4): a paper that was taken out or superseded does not fill its cell. */
export function orderMatrix({ orders, papers, waivers, types }: MatrixInput): readonly OrderLine[] {
  return [...orders]
    .sort((left, right) => right.date.localeCompare(left.date) || left.orderNumber.localeCompare(right.orderNumber))
    .map((order) => {
      const cells = types.map((type): OrderCell => {
        const filed = papers.filter(
          (paper) => paper.type === type && paper.exportOrder === order.orderNumber && COUNTS.includes(paper.state),
        );
        if (filed.length > 0) return { type, state: 'filed', papers: filed };
        const waiver = waivers.find((entry) => entry.type === type && entry.exportOrder === order.orderNumber);
        return waiver === undefined ? { type, state: 'missing' } : { type, state: 'waived', reason: waiver.reason };
      });
      return { ...order, cells, missing: cells.filter((cell) => cell.state === 'missing').length };
    });
}
