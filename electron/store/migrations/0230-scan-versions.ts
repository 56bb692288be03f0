/**
 * Scans whose pages were put in order (D8): the former version stays, sealed, and is named by the arrangement that replaced it; what a scan
 * says and looks like, page by page; files of the scanner's folder that are no papers.
 */
export const scanVersionsSql = `
CREATE TABLE scan_arrangement (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
ALTER TABLE attachment ADD COLUMN made_in INTEGER REFERENCES scan_arrangement (id);
ALTER TABLE attachment ADD COLUMN retired_in INTEGER REFERENCES scan_arrangement (id);
CREATE INDEX attachment_by_content ON attachment (sha256_plain) WHERE purpose = 'scan';
ALTER TABLE destroyed_scan ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;

CREATE TABLE scan_reading (
  attachment_id TEXT PRIMARY KEY,
  read_at TEXT NOT NULL,
  -- Languages that characters were recognised in; empty: only the text that the file has of itself.
  languages TEXT NOT NULL,
  -- [{ text, source, ink, look }], in the order of the pages; empty when the file could not be read.
  pages TEXT NOT NULL CHECK (json_valid(pages))
) STRICT, WITHOUT ROWID;
-- What a destroyed scan said goes with it (Y2).
CREATE TRIGGER scan_reading_goes AFTER DELETE ON attachment BEGIN
  DELETE FROM scan_reading WHERE attachment_id = old.id;
END;

CREATE TABLE tray_put_away (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
