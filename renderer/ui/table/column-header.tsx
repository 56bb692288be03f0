// biome-ignore-all lint/a11y/useSemanticElements: headings of a virtual grid (ARIA grid pattern).
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop, its descendants are active by id.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { type Column, MIN_COLUMN_WIDTH, type Sort } from './columns.ts';
import styles from './data-table.module.css';

const KEY_STEP = 16;

interface ColumnHeaderProps<Row> {
  readonly column: Column<Row>;
  readonly index: number;
  readonly width: number;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
  readonly onWidth: (width: number) => void;
}

/** A heading: press to sort, drag its edge (or Left and Right on it) to change the width. */
export function ColumnHeader<Row>({ column, index, width, sort, onSort, onWidth }: ColumnHeaderProps<Row>) {
  const { t } = useText();
  const drag = useRef<{ from: number; width: number } | null>(null);
  const sorted = sort !== undefined && column.sortKey === sort.key ? sort : undefined;
  const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp;
  const sortable = column.sortKey !== undefined && onSort !== undefined;

  const startDrag = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? width };
  };
  const moveDrag = (event: PointerEvent) => {
    if (drag.current === null) return;
    onWidth(Math.max(MIN_COLUMN_WIDTH, Math.round(drag.current.width + event.clientX - drag.current.from)));
  };
  const onHandleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? KEY_STEP : event.key === 'ArrowLeft' ? -KEY_STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    onWidth(Math.max(MIN_COLUMN_WIDTH, width + step));
  };

  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted === undefined ? undefined : sorted.descending ? 'descending' : 'ascending'}
      className={`${styles.header} ${column.align === 'end' ? styles.end : ''}`}
    >
      {sortable ? (
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.sort} ${sorted === undefined ? '' : styles.sorted} ${column.align === 'end' ? styles.end : ''}`}
          onClick={() =>
            onSort({ key: column.sortKey ?? column.id, descending: sorted !== undefined && !sorted.descending })
          }
        >
          <span>{column.header}</span>
          {sorted !== undefined && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        <span className={styles.headerText}>{column.header}</span>
      )}
      <span
        role="separator"
        tabIndex={-1}
        aria-orientation="vertical"
        aria-label={t('kit.columnWidth', { column: column.header })}
        aria-valuenow={width}
        aria-valuemin={MIN_COLUMN_WIDTH}
        className={styles.handle}
        onPointerDown={startDrag}
        onPointerMove={moveDrag}
        onPointerUp={() => {
          drag.current = null;
        }}
        onKeyDown={onHandleKey}
      />
    </div>
  );
}
