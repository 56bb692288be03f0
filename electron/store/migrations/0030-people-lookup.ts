/** Who handed the screen over for a lookup (L2); when somebody left; the keeper's office handed over (M3). */
export const peopleLookupSql = `
ALTER TABLE lookup_session ADD COLUMN keeper TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN left_on TEXT;
CREATE INDEX staff_login ON staff (login) WHERE login IS NOT NULL;

-- The inventory is the canonical JSON whose SHA-256 all three have signed; it never changes afterwards.
CREATE TABLE office_handover (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  from_login TEXT NOT NULL,
  from_name TEXT NOT NULL,
  to_login TEXT NOT NULL,
  to_name TEXT NOT NULL,
  supervisor_login TEXT NOT NULL,
  supervisor_name TEXT NOT NULL,
  inventory TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  differences TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '',
  audit_sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX office_handover_at ON office_handover (at, id);
CREATE TRIGGER office_handover_is_fixed_update BEFORE UPDATE ON office_handover BEGIN SELECT RAISE(ABORT, 'a handover is fixed'); END;
CREATE TRIGGER office_handover_is_fixed_delete BEFORE DELETE ON office_handover BEGIN SELECT RAISE(ABORT, 'a handover is fixed'); END;
`;
