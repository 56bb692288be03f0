/**
 * Rows of one height in a box that scrolls, however many: a browser draws no element higher than some 33 million pixels, which a million rows
 * are. A longer list stands in a box of the greatest height; `shift` says how far what is drawn has been moved up in it. All in pixels.
 */

/** What is measured of the box: rows in all, height of one, height in which rows are seen. */
export interface RowBox {
  readonly rows: number;
  readonly rowHeight: number;
  readonly seen: number;
}

export interface RowPlace {
  /** Where the box is scrolled to. */
  readonly scroll: number;
  /** What has been moved up: the place in the whole list is `scroll + shift`. */
  readonly shift: number;
}

export const HIGHEST_BOX = 12_000_000;
/** So near to both ends scrolling is one to one, so that the end of the box is the end of the list. */
const END_ZONE = 1_000_000;

const wholeOf = ({ rows, rowHeight }: RowBox): number => rows * rowHeight;
export const boxHeight = (box: RowBox): number => Math.min(wholeOf(box), HIGHEST_BOX);

/** The furthest that the box and the whole list can be scrolled. */
const furthest = (box: RowBox) => ({
  scroll: Math.max(0, boxHeight(box) - box.seen),
  place: Math.max(0, wholeOf(box) - box.seen),
});

/** Where a place of the list is in the box: one to one near both ends, in proportion between. */
export function placed(box: RowBox, place: number): RowPlace {
  const end = furthest(box);
  const at = Math.min(Math.max(0, place), end.place);
  if (end.scroll === end.place || at <= END_ZONE) return { scroll: at, shift: 0 };
  const left = end.place - at;
  const scroll =
    left <= END_ZONE
      ? end.scroll - left
      : Math.round(END_ZONE + ((at - END_ZONE) / (end.place - 2 * END_ZONE)) * (end.scroll - 2 * END_ZONE));
  return { scroll, shift: at - scroll };
}

/** Which place of the list is meant by somebody who drags the box to there. */
function draggedTo(box: RowBox, scroll: number): number {
  const end = furthest(box);
  if (scroll <= END_ZONE || end.scroll === end.place) return scroll;
  const left = end.scroll - scroll;
  if (left <= END_ZONE) return end.place - left;
  return Math.round(END_ZONE + ((scroll - END_ZONE) / (end.scroll - 2 * END_ZONE)) * (end.place - 2 * END_ZONE));
}

/**
 * The place after the box was scrolled from `before` to `scroll`. A step of at most what is seen goes as far in the list; where it comes
 * near an end of the box or of the list the box is scrolled anew (`scroll` of the answer). A longer one is a jump, in proportion.
 */
export function scrolled(box: RowBox, before: RowPlace, scroll: number): RowPlace {
  const end = furthest(box);
  if (end.scroll === end.place) return { scroll, shift: 0 };
  if (Math.abs(scroll - before.scroll) > box.seen) return placed(box, draggedTo(box, scroll));
  const place = scroll + before.shift;
  const near = (at: number, last: number) => at < END_ZONE || last - at < END_ZONE;
  return near(scroll, end.scroll) || near(place, end.place) ? placed(box, place) : { scroll, shift: before.shift };
}

/** First and last row to draw, some beyond what is seen at both ends. */
export function rowsSeen(
  box: RowBox,
  { scroll, shift }: RowPlace,
  beyond: number,
): readonly [first: number, last: number] {
  const at = scroll + shift;
  const first = Math.max(0, Math.floor(at / box.rowHeight) - beyond);
  return [first, Math.min(box.rows - 1, Math.ceil((at + box.seen) / box.rowHeight) - 1 + beyond)];
}

/** Where the list has to stand for a row to be seen whole, moved as little as may be. */
export function toSee(box: RowBox, { scroll, shift }: RowPlace, row: number): RowPlace {
  const at = scroll + shift;
  const top = row * box.rowHeight;
  const bottom = top + box.rowHeight - box.seen;
  if (top >= at && bottom <= at) return { scroll, shift };
  return placed(box, top < at ? top : bottom);
}
