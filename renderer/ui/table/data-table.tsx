// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be made of table elements (ARIA grid pattern).
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { copyText } from '../../gateway/copying.ts';
import type { RowSource } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { usePreferences } from '../../state/preferences.ts';
import { toast } from '../dialog/toasts.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { ColumnHeader } from './column-header.tsx';
import { asTabSeparated, type Column, gridTemplate, type Sort } from './columns.ts';
import styles from './data-table.module.css';
import { type Line, type LineGroup, linesOf } from './grouped-lines.ts';
import { ALL_MARKED, isMarked, type Marks, NO_MARKS, toggled } from './marks.ts';
import { type RowActs, TableRow } from './table-row.tsx';
import { type GridPlace, useGridKeys } from './use-grid-keys.ts';
import { useRowWindow } from './use-row-window.ts';
import { useStable } from './use-stable.ts';

const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 33;
const OVERSCAN = 3;
const COPY_LIMIT = 1_000;
const MARK_WIDTH = 36;
/** What usually stands above and below a table. */
const SURROUNDINGS_HEIGHT = 260;

const rowIndexOf = (line: Line | number): number =>
  typeof line === 'number' ? line : line.kind === 'row' ? line.index : 0;

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
  /** Rows stand in these groups, in this order. */
  readonly groups?: readonly LineGroup[] | undefined;
  /** Rows can be marked for an act on many: a box before each, Ctrl Space, Ctrl A. */
  readonly marks?: Marks | undefined;
  readonly onMarks?: ((marks: Marks) => void) | undefined;
  /** Ctrl Shift Left and Right move the column of the cell. */
  readonly onMoveColumn?: ((column: string, by: -1 | 1) => void) | undefined;
}

/**
 * A long list: only the rows in sight are in the page, the rest is fetched when scrolled to. One tab stop; arrows or J/K,
 * Home, End, Page Up/Down move, Shift takes several rows, Enter opens, Ctrl C copies the cell or the rows with their headings,
 * Ctrl Space marks rows for an act on many, Ctrl A marks all.
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
  groups,
  marks,
  onMarks,
  onMoveColumn,
  total,
}: DataTableProps<Row> & { readonly total: number }) {
  const { t } = useText();
  const formats = useFormats();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const widths = usePreferences((state) => state.columnWidths[id]);
  const setColumnWidth = usePreferences((state) => state.setColumnWidth);
  const marking = marks !== undefined && onMarks !== undefined;
  const lead = marking ? 1 : 0;
  const template = useMemo(
    () => `${marking ? `${MARK_WIDTH}px ` : ''}${gridTemplate(columns as readonly Column<never>[], widths)}`,
    [columns, widths, marking],
  );
  const lines = useMemo(() => linesOf(total, groups), [total, groups]);
  const rowAt = useCallback(
    (line: number): Row | undefined => {
      const at = lines.at(line);
      return at.kind === 'row' ? source.rowAt(at.index) : undefined;
    },
    [lines, source],
  );

  const {
    height,
    shown,
    scrollTo: scrollToLine,
  } = useRowWindow(scroller, {
    rows: lines.total,
    rowHeight: ROW_HEIGHT,
    head: HEAD_HEIGHT,
    guess: window.innerHeight - SURROUNDINGS_HEIGHT - HEAD_HEIGHT,
    beyond: OVERSCAN,
  });
  // Lines take turns in as many places as were ever in sight at once: scrolling writes into the cells that are there and makes no new ones.
  const [places, setPlaces] = useState(shown.length);
  if (shown.length > places) setPlaces(shown.length);
  const placeOf = (index: number) => index % Math.max(places, shown.length, 1);
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  const { showRange } = source;
  useEffect(() => {
    const from = lines.at(first);
    const to = lines.at(last);
    const firstRow = from.kind === 'row' ? from.index : lines.at(Math.min(first + 1, lines.total - 1));
    const lastRow = to.kind === 'row' ? to.index : lines.at(Math.max(last - 1, 0));
    showRange(rowIndexOf(firstRow), rowIndexOf(lastRow));
  }, [showRange, lines, first, last]);

  const moveTo = useCallback(
    (index: number) => {
      scrollToLine(index);
      const row = rowAt(index);
      if (row !== undefined) onSelect?.(row);
    },
    [scrollToLine, rowAt, onSelect],
  );
  const openAt = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row !== undefined) onOpen?.(row);
    },
    [rowAt, onOpen],
  );
  const copy = useCallback(
    ({ row, column, anchor }: GridPlace) => {
      const from = Math.min(row, anchor);
      const to = Math.min(Math.max(row, anchor), from + COPY_LIMIT);
      const marked = Array.from({ length: to - from + 1 }, (_, index) => rowAt(from + index)).filter(
        (one): one is NonNullable<typeof one> => one !== undefined,
      );
      const copied = row === anchor ? columns.slice(column, column + 1) : columns;
      const rowsOfText = marked.map((one) => copied.map((copiedColumn) => copiedColumn.text(one as Row)));
      // Whole rows go to a spreadsheet with their headings.
      const text = row === anchor ? rowsOfText : [copied.map((copiedColumn) => copiedColumn.header), ...rowsOfText];
      void copyText(asTabSeparated(text)).then(
        () => row !== anchor && toast(t('list.copied', { count: marked.length })),
        () => undefined,
      );
    },
    [rowAt, columns, t],
  );
  const mark = useCallback(
    ({ row, anchor }: GridPlace) => {
      if (marks === undefined) return;
      const from = Math.min(row, anchor);
      const span = Array.from({ length: Math.abs(row - anchor) + 1 }, (_, index) => rowAt(from + index));
      const keys = span.flatMap((one) => (one === undefined ? [] : [rowKey(one)]));
      if (keys.length > 0) onMarks?.(toggled(marks, keys));
    },
    [marks, onMarks, rowAt, rowKey],
  );
  const markAll = useCallback(
    (on: boolean): boolean => {
      if (!on && marks !== undefined && !marks.all && marks.keys.size === 0) return false;
      onMarks?.(on ? ALL_MARKED : NO_MARKS);
      return true;
    },
    [marks, onMarks],
  );
  const moveColumn = useCallback(
    (column: number, by: -1 | 1): boolean => {
      const moved = columns[column];
      if (moved === undefined || columns[column + by] === undefined || onMoveColumn === undefined) return false;
      onMoveColumn(moved.id, by);
      return true;
    },
    [columns, onMoveColumn],
  );
  const pageRows = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1),
    [],
  );
  const { place, setPlace, onKeyDown } = useGridKeys({
    rows: lines.total,
    columns: columns.length,
    pageRows,
    onMove: moveTo,
    onOpen: openAt,
    onCopy: copy,
    onMark: marking ? mark : undefined,
    onMarkAll: marking ? markAll : undefined,
    onMoveColumn: onMoveColumn === undefined ? undefined : moveColumn,
  });

  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const acts = useStable<RowActs<Row>>({
    press: (event) => {
      // The grid keeps the focus: rows come and go while scrolling.
      if ((event.target as HTMLElement).closest('button, a, input') === null) {
        event.preventDefault();
        scroller.current?.focus({ preventScroll: true });
      }
    },
    choose: (index, row, extend) => {
      setPlace({ row: index, column: place.column, anchor: extend ? place.anchor : index });
      if (row !== undefined) onSelect?.(row);
    },
    open: openAt,
    mark: (row) => marks !== undefined && onMarks?.(toggled(marks, [rowKey(row)])),
  });

  const rowId = (index: number) => `${gridId}-r${placeOf(index)}`;
  const activeShown = shown.some((item) => item.index === place.row);
  const isSelected = (index: number, row: Row | undefined): boolean => {
    if (marks !== undefined && row !== undefined && isMarked(marks, rowKey(row))) return true;
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
        aria-rowcount={lines.total + 1}
        aria-colcount={columns.length + lead}
        aria-multiselectable={marking || undefined}
        aria-activedescendant={activeShown ? `${rowId(place.row)}-${place.column}` : undefined}
        className={styles.grid}
        style={{ '--columns': template } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row} tabIndex={-1}>
            {marking && (
              <div role="columnheader" aria-colindex={1} tabIndex={-1} className={styles.markCell}>
                <input
                  type="checkbox"
                  tabIndex={-1}
                  className={styles.markBox}
                  aria-label={t('list.mark.all')}
                  checked={marks.all}
                  onChange={(event) => markAll(event.currentTarget.checked)}
                />
              </div>
            )}
            {columns.map((column, index) => (
              <ColumnHeader
                key={column.id}
                column={column}
                index={index + lead}
                width={widths?.[column.id] ?? column.width}
                sort={sort}
                onSort={onSort}
                onWidth={(width) => setColumnWidth(id, column.id, width)}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height }}>
          {shown.map((item) => {
            const line = lines.at(item.index);
            if (line.kind === 'group')
              return (
                <div
                  key={placeOf(item.index)}
                  id={rowId(item.index)}
                  role="row"
                  tabIndex={-1}
                  aria-rowindex={item.index + 2}
                  className={`${styles.line} ${styles.group} ${item.index === place.row ? styles.current : ''}`}
                  style={{ top: item.start }}
                >
                  <div
                    id={`${rowId(item.index)}-${place.column}`}
                    role="gridcell"
                    tabIndex={-1}
                    aria-colindex={1}
                    className={styles.groupCell}
                  >
                    <strong>{line.group.label}</strong> <span>{formats.number(line.group.count)}</span>
                  </div>
                </div>
              );
            const row = source.rowAt(line.index);
            return (
              <TableRow
                key={placeOf(item.index)}
                id={rowId(item.index)}
                index={item.index}
                start={item.start}
                row={row}
                columns={columns}
                marked={marking && row !== undefined ? isMarked(marks, rowKey(row)) : null}
                marking={marking}
                selected={isSelected(item.index, row)}
                current={item.index === place.row && !selectedKey}
                activeColumn={item.index === place.row ? place.column : null}
                acts={acts}
              />
            );
          })}
        </div>
      </div>
      <div className={styles.foot}>
        <span>{t(source.more ? 'kit.rowCountMore' : 'kit.rowCount', { count: formats.number(total) })}</span>
        {foot}
      </div>
    </div>
  );
}
