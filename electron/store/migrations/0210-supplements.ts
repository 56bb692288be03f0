/**
 * Supplements to fixed volumes (Y2): what is corrected, added or found missing after closing. Each carries the fingerprint of the one
 * before it, the first that of the volume: a line that is changed or taken away shows.
 */
export const supplementsSql = `
CREATE TABLE volume_supplement (
  id INTEGER PRIMARY KEY,
  volume_id INTEGER NOT NULL REFERENCES volume (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('correction', 'addition', 'missing', 'removal', 'remark')),
  -- The paper in the volume that it is about, and the loose paper that is added to it.
  paper_id INTEGER REFERENCES paper (id),
  added_paper_id INTEGER REFERENCES paper (id),
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (volume_id, number)
) STRICT;
CREATE INDEX volume_supplement_paper ON volume_supplement (paper_id) WHERE paper_id IS NOT NULL;
CREATE TRIGGER volume_supplement_is_fixed BEFORE UPDATE ON volume_supplement BEGIN SELECT RAISE(ABORT, 'a supplement is fixed'); END;
CREATE TRIGGER volume_supplement_stays BEFORE DELETE ON volume_supplement BEGIN SELECT RAISE(ABORT, 'a supplement is fixed'); END;
`;
