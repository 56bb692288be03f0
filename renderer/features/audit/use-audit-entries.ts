import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import type { RowSource } from '../../ui/table/row-source.ts';

export type AuditEntry = OutputOf<'audit.list'>['entries'][number];
export type AuditFilter = Pick<InputOf<'audit.list'>, 'type' | 'actor' | 'object' | 'outcome' | 'from' | 'to'>;

const PAGE = 200;

/** The log, newest first, read further back as it is scrolled; the archive pages it by sequence number. */
export function useAuditEntries(filter: AuditFilter): RowSource<AuditEntry> {
  const query = useInfiniteQuery({
    queryKey: ['audit.list', filter],
    queryFn: ({ pageParam }) =>
      archive.call('audit.list', { ...filter, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.entries.length < PAGE ? undefined : last.entries.at(-1)?.seq),
  });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  return useMemo(() => {
    const entries = data?.pages.flatMap((page) => page.entries);
    const total = data === undefined ? null : hasNextPage ? (data.pages[0]?.total ?? 0) : (entries?.length ?? 0);
    return {
      total,
      rowAt: (index) => entries?.[index],
      showRange: (_first, last) => {
        if (entries !== undefined && last >= entries.length - 1 && hasNextPage && !isFetchingNextPage)
          void fetchNextPage();
      },
      error: (error as RowSource<AuditEntry>['error']) ?? null,
      refetch: () => void refetch(),
    };
  }, [data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch]);
}
