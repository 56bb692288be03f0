/** How much of a list is looked at in which way: figures that change how long a page takes and never what stands on it (a property test makes them small). */
export const RECORD_BOUNDS = {
  /** So many ids at most are asked of an index in one statement. */
  kept: 100_000,
  /** What an index leads to is met first where it is so little. */
  few: 5_000,
  /** So many cards or people may be found for a condition on them before their rows are looked for from there. */
  parents: 20_000,
  /** So few rows that fit are read and sorted in one go. */
  sortedAtOnce: 5_000,
  /** A page so near to the beginning or the end is kept sorted while all rows are looked at piece by piece. */
  near: 2_000,
  /** The first rows are shown before all are counted, if they are among so many rows of the order, and so near. */
  entriesForFirst: 10_000,
  first: 1_000,
  /** All that fits of so few rows is counted before any are shown. */
  countedFirst: 20_000,
  /** A row read for itself costs as much as so many entries passed along an index. */
  entriesOfARow: 5,
  /** Rows, and entries of an index, of one piece: some milliseconds. */
  rowsOfAPiece: 4_000,
  entriesOfAPiece: 2_000,
  /** Entries that are only counted, or met without their rows. */
  countedOfAPiece: 50_000,
  /** Cards of one piece whose rows are looked at, and whose names alone are. */
  parentsOfAPiece: 2_000,
  namesOfAPiece: 10_000,
  /** Cards of one piece whose rows are put in their order. */
  orderedParents: 200,
};
