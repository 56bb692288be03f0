import type { RowSource } from '../../gateway/use-archive-pages.ts';

export type { RowSource };

const NOTHING = (): void => undefined;

/** Rows that are all there already, in the shape of a `DataTable` source. */
export function arraySource<Row>(rows: readonly Row[] | undefined): RowSource<Row> {
  return {
    total: rows?.length ?? null,
    more: false,
    rowAt: (index) => rows?.[index],
    showRange: NOTHING,
    error: null,
    refetch: NOTHING,
  };
}
