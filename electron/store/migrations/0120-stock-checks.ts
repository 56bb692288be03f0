/** Stock checks of places (C10): what was found stays as it was found; papers are named by their codes. */
export const stockChecksSql = `
CREATE TABLE stock_check (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  place TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  here INTEGER NOT NULL,
  -- JSON lists of codes.
  elsewhere TEXT NOT NULL,
  missing TEXT NOT NULL,
  unknown TEXT NOT NULL,
  moved TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stock_check_place ON stock_check (place, id);
CREATE TRIGGER stock_check_is_fixed BEFORE UPDATE ON stock_check BEGIN SELECT RAISE(ABORT, 'what was found stays'); END;
CREATE INDEX paper_place ON paper (place) WHERE state = 'inPlace';
`;
