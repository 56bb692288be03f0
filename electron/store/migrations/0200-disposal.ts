/**
 * Retention and disposal (Y2, §7.7, §7.9): the company's own schedule, extensions, holds, disposal lists. What is destroyed loses its
 * scans with their keys; the catalogue row stays, and what the scans were stays as their fingerprints.
 */
export const disposalSql = `
CREATE TABLE retention_rule (
  type TEXT PRIMARY KEY,
  -- Null: permanent.
  years INTEGER,
  counts_from TEXT NOT NULL CHECK (counts_from IN ('volumeClosed', 'relationEnded', 'settled')),
  basis TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE retention_rule_change (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  from_rule TEXT NOT NULL,
  to_rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX retention_rule_change_type ON retention_rule_change (type, id);

CREATE TABLE retention_extension (
  id INTEGER PRIMARY KEY,
  volume_id INTEGER REFERENCES volume (id),
  paper_id INTEGER REFERENCES paper (id),
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  CHECK ((volume_id IS NULL) <> (paper_id IS NULL))
) STRICT;
CREATE INDEX retention_extension_volume ON retention_extension (volume_id, until) WHERE volume_id IS NOT NULL;
CREATE INDEX retention_extension_paper ON retention_extension (paper_id, until) WHERE paper_id IS NOT NULL;

-- Nothing of this customer, or of this volume, is destroyed while the hold stands.
CREATE TABLE archive_hold (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer (id),
  volume_id INTEGER REFERENCES volume (id),
  reason TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  lifted_at TEXT,
  lifted_by TEXT NOT NULL DEFAULT '',
  lifted_reason TEXT NOT NULL DEFAULT '',
  CHECK ((volume_id IS NULL) <> (customer_id IS NULL))
) STRICT;
CREATE INDEX archive_hold_customer ON archive_hold (customer_id) WHERE customer_id IS NOT NULL AND lifted_at IS NULL;
CREATE INDEX archive_hold_volume ON archive_hold (volume_id) WHERE volume_id IS NOT NULL AND lifted_at IS NULL;

CREATE TABLE disposal_list (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('draft', 'destroyed', 'cancelled')),
  drafted_at TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  remark TEXT NOT NULL DEFAULT '',
  -- Who approved and who stood by, as they agreed.
  approved_by TEXT NOT NULL DEFAULT '',
  approval TEXT NOT NULL DEFAULT '',
  witnessed_by TEXT NOT NULL DEFAULT '',
  witness TEXT NOT NULL DEFAULT '',
  ended_at TEXT,
  ended_by TEXT NOT NULL DEFAULT '',
  ended_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE disposal_item (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES disposal_list (id),
  position INTEGER NOT NULL,
  volume_id INTEGER REFERENCES volume (id),
  paper_id INTEGER REFERENCES paper (id),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER NOT NULL,
  class INTEGER NOT NULL,
  retention TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  papers INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  CHECK ((volume_id IS NULL) <> (paper_id IS NULL)),
  UNIQUE (list_id, position)
) STRICT;
CREATE INDEX disposal_item_volume ON disposal_item (volume_id) WHERE volume_id IS NOT NULL;
CREATE INDEX disposal_item_paper ON disposal_item (paper_id) WHERE paper_id IS NOT NULL;
-- The register is kept permanently (§7.9).
CREATE TRIGGER disposal_list_stays BEFORE DELETE ON disposal_list BEGIN SELECT RAISE(ABORT, 'a disposal list is kept'); END;
CREATE TRIGGER disposal_list_is_fixed BEFORE UPDATE ON disposal_list WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a disposal list is kept'); END;
CREATE TRIGGER disposal_item_stays BEFORE DELETE ON disposal_item BEGIN SELECT RAISE(ABORT, 'a disposal list is kept'); END;
CREATE TRIGGER disposal_item_is_fixed BEFORE UPDATE ON disposal_item BEGIN SELECT RAISE(ABORT, 'a disposal list is kept'); END;

ALTER TABLE paper ADD COLUMN destroyed_in INTEGER REFERENCES disposal_list (id);
CREATE TABLE destroyed_volume (
  volume_id INTEGER PRIMARY KEY REFERENCES volume (id),
  list_id INTEGER NOT NULL REFERENCES disposal_list (id),
  at TEXT NOT NULL
) STRICT;
-- What a destroyed scan was; its key and its file are gone.
CREATE TABLE destroyed_scan (
  attachment_id TEXT NOT NULL,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  list_id INTEGER NOT NULL REFERENCES disposal_list (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  pages INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha256_plain TEXT NOT NULL,
  added_at TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (attachment_id, paper_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX destroyed_scan_paper ON destroyed_scan (paper_id);
`;
