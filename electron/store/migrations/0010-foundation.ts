/** Schema of the first release. Frozen: later changes are later migrations. Days and instants are ISO text in UTC. */
export const foundationSql = `
CREATE TABLE archive_info (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  department TEXT NOT NULL DEFAULT '',
  position TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  login TEXT UNIQUE,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- C1: the next number of each kind; a number once given is never given again, so the register keeps voided ones.
CREATE TABLE number_sequence (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_number (
  number TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  assigned_at TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  voided_at TEXT,
  void_reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  imported INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  taken_back_at TEXT
) STRICT;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'individual')),
  status TEXT NOT NULL CHECK (status IN ('inPreparation', 'active', 'suspended', 'sealed')),
  tier TEXT NOT NULL CHECK (tier IN ('key', 'special', 'general')),
  direct_export INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT '',
  credit_grade TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  code TEXT NOT NULL DEFAULT '',
  folded_name TEXT NOT NULL DEFAULT '',
  completeness INTEGER NOT NULL,
  papers INTEGER NOT NULL DEFAULT 0,
  missing_papers INTEGER NOT NULL DEFAULT 0,
  late INTEGER NOT NULL DEFAULT 0,
  visited_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  reviewed_on TEXT NOT NULL,
  review_due TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  import_id INTEGER REFERENCES import_run (id),
  -- The long texts stand last: whatever lists and look-ups read comes before them, on the row's own page.
  field_values TEXT NOT NULL,
  confirmations TEXT NOT NULL DEFAULT '[]'
) STRICT;
-- One index for each order of the list, holding what the list is filtered by: a page far down is found without touching a row.
CREATE INDEX customer_by_number ON customer (number, id, status, kind, tier, missing_papers);
CREATE INDEX customer_name ON customer (name, id, status, kind, tier);
CREATE INDEX customer_region ON customer (region, id, status, kind, tier);
CREATE INDEX customer_tier ON customer (tier, id, status, kind);
CREATE INDEX customer_completeness ON customer (completeness, id, status, kind, tier);
CREATE INDEX customer_updated ON customer (updated_at, id, status, kind, tier);
CREATE INDEX customer_review_due ON customer (review_due, id, status, kind, tier);
CREATE INDEX customer_papers ON customer (papers, id, status, kind, tier);
CREATE INDEX customer_code ON customer (code) WHERE code <> '';
CREATE INDEX customer_phone ON customer (phone) WHERE phone <> '';
CREATE INDEX customer_folded_name ON customer (folded_name);
CREATE INDEX customer_import ON customer (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX customer_missing ON customer (missing_papers, id) WHERE missing_papers > 0;
CREATE INDEX customer_late ON customer (late, id, status, kind, tier) WHERE late = 1;

-- C6: every former value of every field.
CREATE TABLE customer_change (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  field TEXT NOT NULL,
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  evidence TEXT NOT NULL DEFAULT '',
  audit_sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_change_customer ON customer_change (customer_id, id);

CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  visited_at TEXT NOT NULL,
  method TEXT NOT NULL,
  purpose TEXT NOT NULL,
  content TEXT NOT NULL,
  result TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX visit_customer ON visit (customer_id, visited_at);

CREATE TABLE export_order (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  order_number TEXT NOT NULL,
  date TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  UNIQUE (customer_id, order_number)
) STRICT;

CREATE TABLE volume (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  class INTEGER NOT NULL,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  retention TEXT NOT NULL,
  papers INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  sheets INTEGER NOT NULL,
  spine_millimetres INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  audit_head TEXT NOT NULL,
  missing_glyphs TEXT NOT NULL DEFAULT '[]',
  bound_at TEXT NOT NULL,
  bound_by TEXT NOT NULL,
  UNIQUE (year, class, number)
) STRICT;
CREATE TRIGGER volume_is_fixed_update BEFORE UPDATE ON volume BEGIN SELECT RAISE(ABORT, 'a bound volume is fixed'); END;
CREATE TRIGGER volume_is_fixed_delete BEFORE DELETE ON volume BEGIN SELECT RAISE(ABORT, 'a bound volume is fixed'); END;

CREATE TABLE paper (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 5),
  type TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  title TEXT NOT NULL,
  document_number TEXT NOT NULL DEFAULT '',
  responsible TEXT NOT NULL DEFAULT '',
  date TEXT,
  year INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  original INTEGER NOT NULL DEFAULT 0,
  copies INTEGER NOT NULL DEFAULT 1,
  medium TEXT NOT NULL,
  security TEXT NOT NULL,
  retention TEXT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  export_order_id INTEGER REFERENCES export_order (id),
  valid_until TEXT,
  extra TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL CHECK (state IN ('inPlace', 'lent', 'removed', 'superseded', 'bound')),
  superseded_by INTEGER REFERENCES paper (id),
  volume_id INTEGER REFERENCES volume (id),
  from_page INTEGER,
  to_page INTEGER,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX paper_customer ON paper (customer_id, class, sequence);
CREATE INDEX paper_year ON paper (year, class);
CREATE INDEX paper_document_number ON paper (document_number) WHERE document_number <> '';
CREATE INDEX paper_volume ON paper (volume_id) WHERE volume_id IS NOT NULL;

-- Numbers that a paper had before: a code once written on a sheet still finds it (D6).
CREATE TABLE paper_former_code (
  code TEXT PRIMARY KEY,
  paper_id INTEGER NOT NULL REFERENCES paper (id)
) STRICT, WITHOUT ROWID;

-- D7: what was done with a paper, and why.
CREATE TABLE paper_act (
  id INTEGER PRIMARY KEY,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX paper_act_paper ON paper_act (paper_id, id);

CREATE TABLE waiver (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  type TEXT NOT NULL,
  export_order TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (customer_id, type, export_order)
) STRICT;

-- One sealed file each (security §8); its key lives here alone.
CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('scan', 'volume')),
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
CREATE INDEX attachment_paper ON attachment (paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX attachment_content ON attachment (sha256_plain);

CREATE TABLE loan (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  paper_id INTEGER NOT NULL REFERENCES paper (id),
  borrower_id INTEGER NOT NULL REFERENCES staff (id),
  purpose TEXT NOT NULL,
  lent_at TEXT NOT NULL,
  lent_by TEXT NOT NULL,
  due TEXT NOT NULL,
  condition_out TEXT NOT NULL,
  pages_out INTEGER NOT NULL,
  approved_by TEXT NOT NULL DEFAULT '',
  returned_at TEXT,
  condition_in TEXT,
  pages_in INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX loan_one_borrower_at_a_time ON loan (paper_id) WHERE returned_at IS NULL;
CREATE INDEX loan_open_due ON loan (due, id) WHERE returned_at IS NULL;
CREATE INDEX loan_borrower ON loan (borrower_id, returned_at);
CREATE INDEX loan_lent ON loan (lent_at, id);
CREATE INDEX loan_returned ON loan (returned_at, id) WHERE returned_at IS NOT NULL;
CREATE TABLE loan_event (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loan (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('extension', 'reminder', 'undoReturn')),
  from_day TEXT,
  to_day TEXT,
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX loan_event_loan ON loan_event (loan_id, id);

CREATE TABLE lookup_session (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  purpose TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  ended TEXT NOT NULL DEFAULT '',
  searches INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE lookup_record (
  id INTEGER PRIMARY KEY,
  lookup_id INTEGER NOT NULL REFERENCES lookup_session (id),
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL
) STRICT;
CREATE INDEX lookup_record_lookup ON lookup_record (lookup_id, id);
`;
