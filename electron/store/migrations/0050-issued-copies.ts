/** Issued copies (I1–I3): requests, the numbered copies, what happened to them, recovery rounds. */
export const issuedCopiesSql = `
CREATE TABLE copy_request (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  recipient_id INTEGER NOT NULL REFERENCES staff (id),
  recipient_role TEXT NOT NULL CHECK (recipient_role IN ('salesperson', 'customerService')),
  purpose TEXT NOT NULL,
  recover_by TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  requested_at TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  cancelled_at TEXT,
  cancelled_reason TEXT NOT NULL DEFAULT '',
  -- 1 until its copy is made or it is cancelled.
  open INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX copy_request_open ON copy_request (id) WHERE open = 1;
CREATE TABLE copy_request_customer (
  request_id INTEGER NOT NULL REFERENCES copy_request (id),
  position INTEGER NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  PRIMARY KEY (request_id, position),
  UNIQUE (request_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_request_customer_customer ON copy_request_customer (customer_id, request_id);
CREATE TABLE copy_request_paper (
  request_id INTEGER NOT NULL REFERENCES copy_request (id),
  position INTEGER NOT NULL,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  PRIMARY KEY (request_id, position),
  UNIQUE (request_id, paper_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_request_paper_paper ON copy_request_paper (paper_id);

-- I3: there is no way from an original to an issued copy.
CREATE TRIGGER original_is_not_requested BEFORE INSERT ON copy_request_paper
WHEN (SELECT original FROM paper WHERE id = NEW.paper_id) = 1
BEGIN SELECT RAISE(ABORT, 'an original is never issued'); END;

-- One copy for a request, one request for a consent.
CREATE TABLE issued_copy (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  request_id INTEGER NOT NULL UNIQUE REFERENCES copy_request (id),
  agreement_id INTEGER NOT NULL UNIQUE REFERENCES agreement (id),
  recipient_id INTEGER NOT NULL REFERENCES staff (id),
  recipient_role TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('made', 'out', 'missing', 'recovered', 'destroyed', 'writtenOff')),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  pages INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  recover_by TEXT NOT NULL,
  delivered_at TEXT,
  delivered_by TEXT NOT NULL DEFAULT '',
  received_by TEXT NOT NULL DEFAULT '',
  receipt_paper_id INTEGER REFERENCES paper (id),
  missing_since TEXT,
  missing_statement TEXT NOT NULL DEFAULT '',
  closed_at TEXT,
  closed_by TEXT NOT NULL DEFAULT '',
  pages_back INTEGER,
  condition TEXT,
  method TEXT,
  witness_id INTEGER REFERENCES staff (id),
  evidence TEXT NOT NULL DEFAULT '',
  evidence_paper_id INTEGER REFERENCES paper (id),
  CHECK ((closed_at IS NULL) = (state IN ('made', 'out', 'missing')))
) STRICT;
CREATE INDEX issued_copy_open ON issued_copy (recover_by, id) WHERE closed_at IS NULL;
CREATE INDEX issued_copy_due ON issued_copy (recover_by, id) WHERE closed_at IS NULL AND state <> 'made';
CREATE INDEX issued_copy_settled ON issued_copy (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX issued_copy_recipient ON issued_copy (recipient_id, closed_at);
CREATE TRIGGER copy_closes_request AFTER INSERT ON issued_copy
BEGIN UPDATE copy_request SET open = 0 WHERE id = NEW.request_id; END;
CREATE TRIGGER copy_of_original BEFORE INSERT ON issued_copy
WHEN EXISTS (SELECT 1 FROM copy_request_paper JOIN paper ON paper.id = paper_id WHERE request_id = NEW.request_id AND original = 1)
BEGIN SELECT RAISE(ABORT, 'an original is never issued'); END;
CREATE TRIGGER copy_keeps_its_number BEFORE UPDATE ON issued_copy
WHEN NEW.number IS NOT OLD.number OR NEW.request_id IS NOT OLD.request_id OR NEW.agreement_id IS NOT OLD.agreement_id
  OR NEW.sha256 IS NOT OLD.sha256 OR NEW.recipient_id IS NOT OLD.recipient_id
BEGIN SELECT RAISE(ABORT, 'an issued copy is fixed'); END;
CREATE TRIGGER copy_stays BEFORE DELETE ON issued_copy BEGIN SELECT RAISE(ABORT, 'an issued copy is fixed'); END;

CREATE TABLE copy_event (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES issued_copy (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX copy_event_copy ON copy_event (copy_id, id);

CREATE TABLE recovery_round (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  closed_at TEXT,
  closed_by TEXT NOT NULL DEFAULT '',
  closing_note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE recovery_round_copy (
  round_id INTEGER NOT NULL REFERENCES recovery_round (id),
  copy_id INTEGER NOT NULL REFERENCES issued_copy (id),
  outcome TEXT,
  settled_at TEXT,
  PRIMARY KEY (round_id, copy_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_round_copy_copy ON recovery_round_copy (copy_id);
`;
