import { startTransition, useCallback, useMemo, useRef, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { archive } from './archive.ts';
import { archiveQueryKey } from './use-archive.ts';
import { useAllObserved } from './use-observed.ts';

/** Rows of a long list that come in pages as they are scrolled to. */
export interface RowSource<Row> {
  /** How many rows there are in all; null until the first answer. */
  readonly total: number | null;
  /** There are more than `total`, not counted yet. */
  readonly more: boolean;
  /** The row at a place, undefined while its page is on the way. */
  rowAt(index: number): Row | undefined;
  /** The table tells which rows are in sight. */
  showRange(first: number, last: number): void;
  readonly error: AppError | null;
  refetch(): void;
}

type PagedName = {
  [N in OperationName]: InputOf<N> extends { offset?: number | undefined; limit?: number | undefined } ? N : never;
}[OperationName];

const PAGE_SIZE = 100;

/**
 * Reads a list operation with `offset` and `limit` page by page. `pick` takes the rows out of an answer.
 * While a filter changes, the rows of the former answer stay on the screen until the new ones are there.
 */
export function useArchivePages<N extends PagedName, Row>(
  name: N,
  input: Omit<InputOf<N>, 'offset' | 'limit'>,
  pick: (answer: OutputOf<N>) => { readonly rows: readonly Row[]; readonly total: number; readonly more?: boolean },
): RowSource<Row> {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const inputKey = JSON.stringify(input);
  const pages = useMemo(
    () => Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index),
    [range],
  );
  const queries = useMemo(
    () =>
      pages.map((page) => {
        const pageInput = {
          ...(JSON.parse(inputKey) as object),
          offset: page * PAGE_SIZE,
          limit: PAGE_SIZE,
        } as InputOf<N>;
        return {
          queryKey: archiveQueryKey(name, pageInput),
          queryFn: () => archive.call(name, pageInput),
        };
      }),
    [name, inputKey, pages],
  );
  const results = useAllObserved<OutputOf<N>>(queries);

  const former = useRef<{
    key: string;
    rows: Map<number, readonly Row[]>;
    total: number | null;
    more: boolean;
    seen: Map<number, unknown>;
  }>({ key: '', rows: new Map(), total: null, more: false, seen: new Map() });
  const fresh = results.some((result) => result.data !== undefined);
  if (former.current.key !== inputKey && fresh)
    former.current = { key: inputKey, rows: new Map(), total: null, more: false, seen: new Map() };
  if (former.current.key === inputKey || former.current.key === '') {
    for (const [index, result] of results.entries()) {
      const page = pages[index] ?? 0;
      if (result.data === undefined || former.current.seen.get(page) === result.data) continue;
      const picked = pick(result.data);
      former.current.seen.set(page, result.data);
      former.current.rows.set(page, picked.rows);
      former.current.total = picked.total;
      former.current.more = picked.more === true;
      former.current.key = inputKey;
    }
  }
  const { rows, total, more } = former.current;

  const showRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(Math.max(0, first) / PAGE_SIZE), last: Math.floor(Math.max(0, last) / PAGE_SIZE) };
    startTransition(() =>
      setRange((current) => (current.first === next.first && current.last === next.last ? current : next)),
    );
  }, []);

  return {
    total,
    more,
    rowAt: (index) => rows.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
    showRange,
    error: results.find((result) => result.error !== null)?.error ?? null,
    refetch: () => {
      for (const result of results) void result.refetch();
    },
  };
}

/** Pages whose answers did not count all rows, with the number that was asked for apart once it is there. */
export const countedApart = <Row>(
  pages: RowSource<Row>,
  counted: { readonly total: number } | undefined,
): RowSource<Row> => (pages.more && counted !== undefined ? { ...pages, total: counted.total, more: false } : pages);
