import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { boxHeight, placed, type RowBox, type RowPlace, rowsSeen, scrolled, toSee } from './row-window.ts';

interface RowWindow {
  /** Height of the box that the rows stand in, pixels. */
  readonly height: number;
  /** Rows to draw, with their place in the box. */
  readonly shown: readonly { readonly index: number; readonly start: number }[];
  /** Scrolls as little as may be until the row is seen whole. */
  scrollTo(row: number): void;
}

interface Asked {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what stays at the top of the scroller. */
  readonly head: number;
  /** What is seen of the rows until it is measured, so that the first are drawn with the table and not in a second go. */
  readonly guess: number;
  /** Rows drawn beyond what is seen, at both ends. */
  readonly beyond: number;
}

const START: RowPlace = { scroll: 0, shift: 0 };

/** Which rows of a long list are drawn, and where, while its box is scrolled. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { rows, rowHeight, head, guess, beyond }: Asked,
): RowWindow {
  const [seen, setSeen] = useState(guess);
  const box = useMemo<RowBox>(() => ({ rows, rowHeight, seen }), [rows, rowHeight, seen]);
  const at = useRef(START);
  const [drawn, setDrawn] = useState(START);
  const [first, last] = rowsSeen(box, drawn, beyond);

  const go = useCallback(
    (next: RowPlace): void => {
      at.current = next;
      const element = scroller.current;
      if (element !== null && Math.abs(element.scrollTop - next.scroll) >= 1) element.scrollTop = next.scroll;
    },
    [scroller],
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSeen(Math.max(rowHeight, element.clientHeight - head)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, rowHeight, head]);

  // Another list, or another height: what was seen stays, as far as there is so much.
  useLayoutEffect(() => {
    const next = placed(box, at.current.scroll + at.current.shift);
    if (next.scroll === at.current.scroll && next.shift === at.current.shift) return;
    go(next);
    setDrawn(next);
  }, [box, go]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onScroll = (): void => {
      const scroll = Math.round(element.scrollTop);
      if (scroll === at.current.scroll) return;
      const before = at.current;
      go(scrolled(box, before, scroll));
      const next = at.current;
      const [a, b] = rowsSeen(box, next, beyond);
      const [c, d] = rowsSeen(box, before, beyond);
      // Between two rows the browser moves what is drawn by itself.
      if (a !== c || b !== d || next.shift !== before.shift) flushSync(() => setDrawn(next));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, box, beyond, go]);

  return {
    height: boxHeight(box),
    shown: Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => ({
      index: first + place,
      start: (first + place) * rowHeight - drawn.shift,
    })),
    scrollTo: useCallback(
      (row) => {
        const next = toSee(box, at.current, row);
        if (next.scroll === at.current.scroll && next.shift === at.current.shift) return;
        go(next);
        setDrawn(next);
      },
      [box, go],
    ),
  };
}
