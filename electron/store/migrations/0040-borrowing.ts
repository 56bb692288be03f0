/**
 * Borrowing in full (B1–B3, L3): a form has one or several items, events have steps, people wait in a queue, originals are read in the
 * room, breaches are kept with what was done about them, and signed forms are frozen.
 */
export const borrowingSql = `
CREATE TABLE loan_form (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  borrower_id INTEGER NOT NULL REFERENCES staff (id),
  purpose TEXT NOT NULL,
  restriction TEXT NOT NULL DEFAULT '',
  -- A whole class or dossier lent as a binder, and what of it stayed: JSON, codes with their reasons.
  binder_customer_id INTEGER REFERENCES customer (id),
  binder_class INTEGER,
  stays TEXT NOT NULL DEFAULT '[]',
  approved_by TEXT NOT NULL DEFAULT '',
  agreement TEXT NOT NULL DEFAULT '',
  signature TEXT NOT NULL DEFAULT '',
  lent_at TEXT NOT NULL,
  lent_by TEXT NOT NULL,
  -- Keyed in later from a numbered blank form.
  written_at TEXT NOT NULL
) STRICT;
INSERT INTO loan_form (id, number, borrower_id, purpose, approved_by, lent_at, lent_by, written_at)
  SELECT id, number, borrower_id, purpose, approved_by, lent_at, lent_by, lent_at FROM loan;
ALTER TABLE loan ADD COLUMN form_id INTEGER REFERENCES loan_form (id);
UPDATE loan SET form_id = id;
ALTER TABLE loan ADD COLUMN missing_pages TEXT NOT NULL DEFAULT '';
ALTER TABLE loan ADD COLUMN recalled_at TEXT;
CREATE INDEX loan_form_item ON loan (form_id, id);
CREATE INDEX loan_paper ON loan (paper_id, lent_at);

-- L3: whatever calls, an original never goes out, and what is out never becomes an original.
CREATE TRIGGER loan_never_original BEFORE INSERT ON loan
WHEN (SELECT original FROM paper WHERE id = NEW.paper_id) = 1
BEGIN SELECT RAISE(ABORT, 'an original never leaves'); END;
CREATE TRIGGER paper_lent_is_no_original BEFORE UPDATE OF original, state ON paper
WHEN NEW.original = 1 AND NEW.state = 'lent'
BEGIN SELECT RAISE(ABORT, 'an original never leaves'); END;

CREATE TABLE loan_event_next (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loan (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('extension', 'reminder', 'recall', 'undoReturn')),
  from_day TEXT,
  to_day TEXT,
  text TEXT NOT NULL DEFAULT '',
  notice TEXT NOT NULL DEFAULT '' CHECK (notice IN ('', 'dueSoon', 'overdue', 'recall')),
  step INTEGER NOT NULL DEFAULT 0,
  agreement TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO loan_event_next (id, loan_id, at, by, kind, from_day, to_day, text, notice, step)
  SELECT id, loan_id, at, by, kind, from_day, to_day, text, iif(kind = 'reminder', 'overdue', ''), iif(kind = 'reminder', 1, 0) FROM loan_event;
DROP TABLE loan_event;
ALTER TABLE loan_event_next RENAME TO loan_event;
CREATE INDEX loan_event_loan ON loan_event (loan_id, id);

CREATE TABLE loan_request (
  id INTEGER PRIMARY KEY,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  purpose TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'told', 'lent', 'cancelled', 'lapsed')),
  told_at TEXT,
  told_how TEXT NOT NULL DEFAULT '',
  hold_until TEXT,
  closed_at TEXT,
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX loan_request_once ON loan_request (paper_id, staff_id) WHERE state IN ('waiting', 'told');
CREATE INDEX loan_request_open ON loan_request (requested_at, id) WHERE state IN ('waiting', 'told');
CREATE INDEX loan_request_paper ON loan_request (paper_id, id);
CREATE INDEX loan_request_staff ON loan_request (staff_id, id);

CREATE TABLE breach (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  borrower_id INTEGER NOT NULL REFERENCES staff (id),
  loan_id INTEGER REFERENCES loan (id),
  kind TEXT NOT NULL,
  facts TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'void')),
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  -- Opened by the count at a return, or by a person.
  by_return INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '',
  closed_at TEXT,
  closed_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX breach_borrower ON breach (borrower_id, state);
CREATE INDEX breach_loan ON breach (loan_id) WHERE loan_id IS NOT NULL;
CREATE INDEX breach_opened ON breach (opened_at, id);
CREATE TABLE breach_act (
  id INTEGER PRIMARY KEY,
  breach_id INTEGER NOT NULL REFERENCES breach (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('opened', 'notice', 'statement', 'measure', 'note', 'closed', 'voided')),
  measure TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX breach_act_breach ON breach_act (breach_id, id);
CREATE TRIGGER breach_act_is_fixed BEFORE UPDATE ON breach_act BEGIN SELECT RAISE(ABORT, 'what was done stays'); END;
CREATE TRIGGER breach_act_stays BEFORE DELETE ON breach_act BEGIN SELECT RAISE(ABORT, 'what was done stays'); END;

-- Originals and papers of the premises are read here, with the times (L3).
CREATE TABLE room_reading (
  id INTEGER PRIMARY KEY,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  basis TEXT NOT NULL CHECK (basis IN ('businessManager', 'customerService', 'executive')),
  purpose TEXT NOT NULL,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL,
  pages_out INTEGER NOT NULL,
  ended_at TEXT,
  pages_in INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX room_reading_one_at_a_time ON room_reading (paper_id) WHERE ended_at IS NULL;
CREATE INDEX room_reading_started ON room_reading (started_at, id);

-- Numbers of blank forms given out in advance for a day without the machine.
CREATE TABLE reserved_form (
  number TEXT PRIMARY KEY,
  reserved_at TEXT NOT NULL,
  reserved_by TEXT NOT NULL,
  form_id INTEGER REFERENCES loan_form (id),
  voided_at TEXT,
  reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- A printed form is frozen as it was signed: sealed like a scan, never printed anew.
CREATE TABLE attachment_next (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('scan', 'volume', 'form')),
  paper_id INTEGER REFERENCES paper (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  pages INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha256_plain TEXT NOT NULL,
  sha256_cipher TEXT NOT NULL,
  key TEXT NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
INSERT INTO attachment_next SELECT id, purpose, paper_id, name, media_type, pages, size, sha256_plain, sha256_cipher, key, added_at, added_by FROM attachment;
DROP TABLE attachment;
ALTER TABLE attachment_next RENAME TO attachment;
CREATE INDEX attachment_paper ON attachment (paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX attachment_content ON attachment (sha256_plain);
CREATE TABLE frozen_form (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  stage TEXT NOT NULL,
  text_version INTEGER NOT NULL,
  attachment_id TEXT NOT NULL REFERENCES attachment (id),
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (subject, stage)
) STRICT;
CREATE TRIGGER frozen_form_is_fixed BEFORE UPDATE ON frozen_form BEGIN SELECT RAISE(ABORT, 'a frozen form is fixed'); END;
CREATE TRIGGER frozen_form_stays BEFORE DELETE ON frozen_form BEGIN SELECT RAISE(ABORT, 'a frozen form is fixed'); END;
`;
