/**
 * Fixity (R49): how far the present round has come, and what was found damaged. Backups (security §11): every one that was
 * made, on which medium it lies, and what a medium holds already, so that the next one may carry only what is new.
 */
export const fixityAndBackupsSql = `
CREATE TABLE fixity_round (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  phase TEXT NOT NULL CHECK (phase IN ('database', 'log', 'files', 'done')),
  after_id TEXT NOT NULL DEFAULT '',
  files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  damaged INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fixity_round_open ON fixity_round (ended_at, id);

CREATE TABLE damage (
  id INTEGER PRIMARY KEY,
  found_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('database', 'log', 'missing', 'changed')),
  subject TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  customer TEXT NOT NULL DEFAULT '',
  attachment_id TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  settled_at TEXT,
  settled_by TEXT NOT NULL DEFAULT '',
  settled TEXT NOT NULL DEFAULT '' CHECK (settled IN ('', 'restored', 'sound', 'accepted')),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX damage_unsettled ON damage (settled_at, id);
CREATE INDEX damage_of_file ON damage (attachment_id, settled_at);

CREATE TABLE backup_medium (
  id TEXT PRIMARY KEY,
  place TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  backups INTEGER NOT NULL DEFAULT 0,
  since_full INTEGER NOT NULL DEFAULT 0,
  last_file TEXT NOT NULL DEFAULT '',
  last_bytes INTEGER NOT NULL DEFAULT 0,
  last_manifest TEXT NOT NULL DEFAULT '',
  held BLOB NOT NULL
) STRICT;

CREATE TABLE backup_run (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  medium_id TEXT NOT NULL REFERENCES backup_medium (id),
  file TEXT NOT NULL,
  extent TEXT NOT NULL CHECK (extent IN ('full', 'incremental')),
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  manifest TEXT NOT NULL,
  files INTEGER NOT NULL,
  log_size INTEGER NOT NULL,
  tried_at TEXT
) STRICT;
CREATE INDEX backup_run_by_time ON backup_run (at, id);
CREATE INDEX backup_run_by_medium ON backup_run (medium_id, id);
`;
