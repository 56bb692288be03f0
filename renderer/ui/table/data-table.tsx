// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be made of table elements (ARIA grid pattern).
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef } from 'react';
import type { RowSource } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { usePreferences } from '../../state/preferences.ts';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { ColumnHeader } from './column-header.tsx';
import { asTabSeparated, type Column, gridTemplate, type Sort } from './columns.ts';
import styles from './data-table.module.css';
import { type GridPlace, useGridKeys } from './use-grid-keys.ts';

const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 33;
const OVERSCAN = 8;
const COPY_LIMIT = 1_000;

export interface DataTableProps<Row> {
  /** Under which the widths are remembered. */
  readonly id: string;
  /** What the list is, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly source: RowSource<Row>;
  readonly rowKey: (row: Row) => string;
  /** The row that is open or marked. */
  readonly selectedKey?: string | null | undefined;
  /** The marked row changed, by arrows or a click. */
  readonly onSelect?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** Shown instead of the grid when there is nothing. */
  readonly empty: ReactNode;
  /** Beside the count under the list. */
  readonly foot?: ReactNode;
  /** Takes the focus when it is shown first. */
  readonly autoFocus?: boolean;
}

/**
 * A long list: only the rows in sight are in the page, the rest is fetched when scrolled to. One tab stop; arrows or J/K,
 * Home, End, Page Up/Down move, Shift marks rows, Enter opens, Ctrl C copies the cell or the marked rows.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { source, empty } = props;
  if (source.error !== null) return <ErrorState error={source.error} onRetry={source.refetch} />;
  if (source.total === null) return <LoadingSkeleton shape="rows" />;
  if (source.total === 0) return <>{empty}</>;
  return <Grid {...props} total={source.total} />;
}

function Grid<Row>({
  id,
  label,
  columns,
  source,
  rowKey,
  selectedKey,
  onSelect,
  onOpen,
  sort,
  onSort,
  foot,
  autoFocus,
  total,
}: DataTableProps<Row> & { readonly total: number }) {
  const { t } = useText();
  const formats = useFormats();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const widths = usePreferences((state) => state.columnWidths[id]);
  const setColumnWidth = usePreferences((state) => state.setColumnWidth);
  const template = useMemo(() => gridTemplate(columns as readonly Column<never>[], widths), [columns, widths]);

  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const shown = rows.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  const { showRange } = source;
  useEffect(() => showRange(first, last), [showRange, first, last]);

  const moveTo = useCallback(
    (index: number) => {
      rows.scrollToIndex(index, { align: 'auto' });
      const row = source.rowAt(index);
      if (row !== undefined) onSelect?.(row);
    },
    [rows, source, onSelect],
  );
  const openAt = useCallback(
    (index: number) => {
      const row = source.rowAt(index);
      if (row !== undefined) onOpen?.(row);
    },
    [source, onOpen],
  );
  const copy = useCallback(
    ({ row, column, anchor }: GridPlace) => {
      const from = Math.min(row, anchor);
      const to = Math.min(Math.max(row, anchor), from + COPY_LIMIT);
      const marked = Array.from({ length: to - from + 1 }, (_, index) => source.rowAt(from + index)).filter(
        (one): one is NonNullable<typeof one> => one !== undefined,
      );
      const copied = row === anchor ? columns.slice(column, column + 1) : columns;
      void navigator.clipboard.writeText(
        asTabSeparated(marked.map((one) => copied.map((copiedColumn) => copiedColumn.text(one as Row)))),
      );
    },
    [source, columns],
  );
  const pageRows = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1),
    [],
  );
  const { place, setPlace, onKeyDown } = useGridKeys({
    rows: total,
    columns: columns.length,
    pageRows,
    onMove: moveTo,
    onOpen: openAt,
    onCopy: copy,
  });

  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const rowId = (index: number) => `${gridId}-r${index}`;
  const activeShown = shown.some((item) => item.index === place.row);
  const isMarked = (index: number, row: Row | undefined): boolean => {
    if (place.row !== place.anchor)
      return index >= Math.min(place.row, place.anchor) && index <= Math.max(place.row, place.anchor);
    return row !== undefined && selectedKey !== undefined && selectedKey !== null && rowKey(row) === selectedKey;
  };

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeShown ? `${rowId(place.row)}-${place.column}` : undefined}
        className={styles.grid}
        style={{ '--columns': template } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row} tabIndex={-1}>
            {columns.map((column, index) => (
              <ColumnHeader
                key={column.id}
                column={column}
                index={index}
                width={widths?.[column.id] ?? column.width}
                sort={sort}
                onSort={onSort}
                onWidth={(width) => setColumnWidth(id, column.id, width)}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {shown.map((item) => {
            const row = source.rowAt(item.index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself handles the keys
              <div
                key={item.key}
                id={rowId(item.index)}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={isMarked(item.index, row)}
                className={`${styles.row} ${styles.line} ${item.index === place.row && !selectedKey ? styles.current : ''}`}
                style={{ transform: `translateY(${item.start}px)` }}
                onMouseDown={(event) => {
                  // The grid keeps the focus: rows come and go while scrolling.
                  if ((event.target as HTMLElement).closest('button, a') === null) {
                    event.preventDefault();
                    scroller.current?.focus({ preventScroll: true });
                  }
                }}
                onClick={(event) => {
                  setPlace({
                    row: item.index,
                    column: place.column,
                    anchor: event.shiftKey ? place.anchor : item.index,
                  });
                  if (row !== undefined) onSelect?.(row);
                }}
                onDoubleClick={() => openAt(item.index)}
              >
                {columns.map((column, index) => (
                  <div
                    key={column.id}
                    id={`${rowId(item.index)}-${index}`}
                    role="gridcell"
                    tabIndex={-1}
                    aria-colindex={index + 1}
                    className={`${styles.cell} ${column.align === 'end' ? styles.numeric : ''} ${
                      place.row === item.index && place.column === index ? styles.active : ''
                    }`}
                  >
                    {row === undefined ? <span className={styles.waiting} aria-hidden /> : column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <div className={styles.foot}>
        <span>{t('kit.rowCount', { count: formats.number(total) })}</span>
        {foot}
      </div>
    </div>
  );
}
