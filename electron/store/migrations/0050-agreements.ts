/** What another person has agreed to: exactly which statement, by whom, until when, and what it was used for. */
export const agreementsSql = `
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  statement TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  manner TEXT NOT NULL CHECK (manner IN ('secret', 'paper')),
  login TEXT,
  staff_id INTEGER REFERENCES staff (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  given_at TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  signed_on TEXT,
  paper_id INTEGER REFERENCES paper (id),
  recorded_by TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  used_at TEXT,
  used_for TEXT NOT NULL DEFAULT '',
  withdrawn_at TEXT,
  withdrawn_reason TEXT NOT NULL DEFAULT '',
  CHECK (used_at IS NULL OR withdrawn_at IS NULL),
  CHECK ((manner = 'secret') = (signed_on IS NULL))
) STRICT;
CREATE INDEX agreement_subject ON agreement (kind, subject, id);

-- What was agreed to never changes, and what was used is never used again.
CREATE TRIGGER agreement_is_fixed BEFORE UPDATE ON agreement
WHEN NEW.statement IS NOT OLD.statement OR NEW.sha256 IS NOT OLD.sha256 OR NEW.name IS NOT OLD.name OR NEW.role IS NOT OLD.role
  OR NEW.valid_until IS NOT OLD.valid_until OR OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an agreement is fixed'); END;
CREATE TRIGGER agreement_stays BEFORE DELETE ON agreement BEGIN SELECT RAISE(ABORT, 'an agreement is fixed'); END;
`;
