import { type KeyboardEvent, useCallback, useState } from 'react';
import { isComposing } from '../../state/ime.ts';

export interface GridPlace {
  readonly row: number;
  readonly column: number;
  /** The other end of a range of rows marked with Shift; equal to `row` without one. */
  readonly anchor: number;
}

interface GridKeys {
  readonly place: GridPlace;
  setPlace(place: GridPlace): void;
  onKeyDown(event: KeyboardEvent): void;
}

interface GridKeysOptions {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: () => number;
  readonly onMove: (row: number) => void;
  readonly onOpen: (row: number) => void;
  readonly onCopy: (place: GridPlace) => void;
  /** Ctrl Space: marks the rows of the range. */
  readonly onMark?: ((place: GridPlace) => void) | undefined;
  /** Ctrl A, and Escape while something is marked. */
  readonly onMarkAll?: ((on: boolean) => boolean) | undefined;
  /** Ctrl Shift Left and Right: the column moves. */
  readonly onMoveColumn?: ((column: number, by: -1 | 1) => boolean) | undefined;
}

/** Where a key leads in a grid of `rows` × `columns`; null when it is not a moving key. */
export function placeAfter(
  key: string,
  place: GridPlace,
  grid: { rows: number; columns: number; pageRows: number; shift: boolean; mod: boolean },
): GridPlace | null {
  const lastRow = Math.max(0, grid.rows - 1);
  const toRow = (row: number): GridPlace => {
    const bounded = Math.min(lastRow, Math.max(0, row));
    return { ...place, row: bounded, anchor: grid.shift ? place.anchor : bounded };
  };
  const toColumn = (column: number): GridPlace => ({
    ...place,
    column: Math.min(grid.columns - 1, Math.max(0, column)),
  });
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return toRow(place.row + 1);
    case 'ArrowUp':
    case 'k':
      return toRow(place.row - 1);
    case 'PageDown':
      return toRow(place.row + grid.pageRows);
    case 'PageUp':
      return toRow(place.row - grid.pageRows);
    case 'ArrowRight':
      return toColumn(place.column + 1);
    case 'ArrowLeft':
      return toColumn(place.column - 1);
    case 'Home':
      return grid.mod ? { ...toRow(0), column: 0 } : toRow(0);
    case 'End':
      return toRow(lastRow);
    default:
      return null;
  }
}

/** Moving, opening and copying by keyboard in a virtual grid; nothing while an input method composes. */
export function useGridKeys(options: GridKeysOptions): GridKeys {
  const { rows, columns, pageRows, onMove, onOpen, onCopy, onMark, onMarkAll, onMoveColumn } = options;
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0, anchor: 0 });

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (isComposing(event) || event.target !== event.currentTarget || event.altKey) return;
      const mod = event.ctrlKey || event.metaKey;
      if (mod && event.key.toLowerCase() === 'c') {
        event.preventDefault();
        onCopy(place);
        return;
      }
      if (mod && event.key === ' ' && onMark !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        onMark(place);
        return;
      }
      if (mod && event.key.toLowerCase() === 'a' && onMarkAll !== undefined) {
        event.preventDefault();
        onMarkAll(true);
        return;
      }
      if (event.key === 'Escape' && onMarkAll?.(false) === true) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (mod && event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
        const by = event.key === 'ArrowLeft' ? -1 : 1;
        if (onMoveColumn?.(place.column, by) !== true) return;
        event.preventDefault();
        setPlace({ ...place, column: place.column + by });
        return;
      }
      if (mod && event.key !== 'Home' && event.key !== 'End') return;
      if (event.key === 'Enter' && rows > 0) {
        event.preventDefault();
        onOpen(place.row);
        return;
      }
      const next = placeAfter(event.key, place, { rows, columns, pageRows: pageRows(), shift: event.shiftKey, mod });
      if (next === null) return;
      event.preventDefault();
      setPlace(next);
      onMove(next.row);
    },
    [place, rows, columns, pageRows, onMove, onOpen, onCopy, onMark, onMarkAll, onMoveColumn],
  );
  return { place, setPlace, onKeyDown };
}
