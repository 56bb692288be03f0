/**
 * The archive year as one job (Y1): its arrangement, what the cleaning found and what became of it, what is carried forward. A paper
 * that is carried forward keeps its row; the volume has a row of its own for the copy, with the scans that it was bound with.
 */
export const archiveYearSql = `
CREATE TABLE archive_year (
  year INTEGER PRIMARY KEY,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  arrangement TEXT NOT NULL CHECK (arrangement IN ('customers', 'customerVolumes', 'running')),
  max_millimetres INTEGER NOT NULL,
  sheet_micrometres INTEGER NOT NULL,
  double_sided INTEGER NOT NULL,
  checked_by TEXT NOT NULL DEFAULT '',
  -- The proposal was looked at and accepted.
  arranged_at TEXT,
  closed_at TEXT,
  closed_by TEXT NOT NULL DEFAULT '',
  closing_note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE year_finding (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 5),
  subject TEXT NOT NULL,
  customer TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  found_at TEXT NOT NULL,
  -- Empty while nobody has explained it. When and by whom it was explained or found to be settled.
  reason TEXT NOT NULL DEFAULT '',
  at TEXT,
  by TEXT NOT NULL DEFAULT '',
  UNIQUE (year, key)
) STRICT;
CREATE INDEX year_finding_class ON year_finding (year, class, id);

-- What the keeper decided otherwise than the rule: 1 carried forward, 0 bound.
CREATE TABLE year_carry (
  year INTEGER NOT NULL,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  carry INTEGER NOT NULL CHECK (carry IN (0, 1)),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (year, paper_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE paper ADD COLUMN copy_of INTEGER REFERENCES paper (id);
-- Bound when a newer paper had already taken its place.
ALTER TABLE paper ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX paper_copy_of ON paper (copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE paper_copy_scan (
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  attachment_id TEXT NOT NULL REFERENCES attachment (id),
  PRIMARY KEY (paper_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_copy_scan_attachment ON paper_copy_scan (attachment_id);
CREATE TRIGGER paper_copy_scan_is_fixed BEFORE UPDATE ON paper_copy_scan BEGIN SELECT RAISE(ABORT, 'a bound volume is fixed'); END;
`;
