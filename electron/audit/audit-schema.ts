/**
 * Tables of the audit log, for migration 0010. `audit_log` is the log: raw bytes, chain and signature (§10). `audit_index` repeats a few
 * fields for the filters of the log view; verifying never looks at it. The triggers are seat belts (M11): the chain is the control.
 */
export const auditMigrationSql = `
CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
  bytes BLOB NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  sig BLOB NOT NULL CHECK (length(sig) = 64)
) STRICT;

CREATE TABLE audit_index (
  seq INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  family TEXT NOT NULL AS (CASE instr(type, '.') WHEN 0 THEN type ELSE substr(type, 1, instr(type, '.') - 1) END) VIRTUAL,
  actor TEXT NOT NULL,
  obj TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX audit_index_type ON audit_index (type, seq);
CREATE INDEX audit_index_family ON audit_index (family, seq);
CREATE INDEX audit_index_actor ON audit_index (actor, seq);
CREATE INDEX audit_index_obj ON audit_index (obj, seq);
CREATE INDEX audit_index_outcome ON audit_index (outcome, seq) WHERE outcome <> 'ok';

CREATE TRIGGER audit_log_append_only BEFORE INSERT ON audit_log
WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM audit_log)
BEGIN
  SELECT RAISE(ABORT, 'audit log: entries are only added at the end');
END;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'audit log: entries are never changed');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'audit log: entries are never deleted');
END;
`;
