/** C10: a binder, a shelf or a cabinet was moved with what stands in it; where it stood before. */
export const placeMovesSql = `
CREATE TABLE place_move (
  id INTEGER PRIMARY KEY,
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  papers INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
`;
