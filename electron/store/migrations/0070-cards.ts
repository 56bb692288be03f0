/**
 * Cards in full: the keeper's own fields and values, keys by which doubles are found, merging with its trail, when cards were
 * filled in after visits, and the supervisor's guidance.
 */
export const cardsSql = `
-- Own fields of the forms. Keys are given once and never reused, they stand in the values of cards.
CREATE TABLE own_field (
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'individual')),
  section TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  required TEXT NOT NULL,
  unit TEXT,
  sensitive INTEGER NOT NULL DEFAULT 0 CHECK (sensitive IN (0, 1)),
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  position INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Own values of a list: of a set of the forms by its name, or of an own field by its key.
CREATE TABLE own_option (
  value TEXT PRIMARY KEY,
  set_name TEXT NOT NULL,
  label TEXT NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  position INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What two cards of one customer would share: codes, phones, names, and the numbers of other cards they refer to.
CREATE TABLE customer_key (
  form TEXT NOT NULL,
  key TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (form, key, customer_id)
) STRICT, WITHOUT ROWID;

-- C1: the number of a merged card stays in the book and leads to the card that goes on.
ALTER TABLE customer_number ADD COLUMN merged_into TEXT;
-- The card under whose number a change was made, when it has come from a merged one.
ALTER TABLE customer_change ADD COLUMN origin TEXT NOT NULL DEFAULT '';

CREATE TABLE customer_merge (
  id INTEGER PRIMARY KEY,
  survivor_id INTEGER NOT NULL REFERENCES customer (id),
  merged_id INTEGER NOT NULL,
  merged_number TEXT NOT NULL,
  merged_name TEXT NOT NULL,
  -- Both cards as they were, whole: what undoing puts back.
  merged_row TEXT NOT NULL,
  survivor_row TEXT NOT NULL,
  -- What the two cards' records look like after merging; undoing asks that nothing has changed since.
  fingerprint TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  audit_sequence INTEGER NOT NULL,
  undone_at TEXT,
  undone_by TEXT,
  undo_reason TEXT
) STRICT;
CREATE INDEX customer_merge_survivor ON customer_merge (survivor_id);
CREATE INDEX customer_merge_number ON customer_merge (merged_number);
-- Every row that merging moved, set aside or pointed elsewhere.
CREATE TABLE customer_merge_row (
  merge_id INTEGER NOT NULL REFERENCES customer_merge (id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('moved', 'setAside', 'added', 'pointed')),
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  column_name TEXT NOT NULL DEFAULT '',
  former TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (merge_id, position)
) STRICT, WITHOUT ROWID;

-- C4: each visit's card, when it was filled in.
CREATE TABLE card_filling (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  visited_at TEXT NOT NULL,
  filled_at TEXT NOT NULL,
  filled_by TEXT NOT NULL,
  limit_hours INTEGER NOT NULL,
  late INTEGER NOT NULL CHECK (late IN (0, 1))
) STRICT;
CREATE INDEX card_filling_customer ON card_filling (customer_id, visited_at);
CREATE INDEX card_filling_visit ON card_filling (visited_at);
-- Cards whose last visit is newer than their last filling in.
CREATE INDEX customer_unfilled ON customer (visited_at, id, status, kind, tier) WHERE visited_at > updated_at;

-- C7: what the keeper handed in and the supervisor decided, and remarks on single fields.
CREATE TABLE card_review (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  act TEXT NOT NULL CHECK (act IN ('submitted', 'sentBack', 'accepted')),
  note TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  revision INTEGER NOT NULL,
  -- Number of the agreement by which the supervisor decided at the keeper's desk; empty: in an own session.
  agreement TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX card_review_customer ON card_review (customer_id, id);
CREATE TABLE card_remark (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  field TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'settled')),
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  answered_by TEXT,
  settled_at TEXT,
  settled_by TEXT
) STRICT;
CREATE INDEX card_remark_customer ON card_remark (customer_id, id);
CREATE INDEX card_remark_waiting ON card_remark (state, id) WHERE state <> 'settled';
-- Where each card stands between keeper and supervisor: what lists ask for.
CREATE TABLE card_review_state (
  customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
  state TEXT NOT NULL CHECK (state IN ('none', 'submitted', 'sentBack', 'accepted')),
  since TEXT NOT NULL,
  open_remarks INTEGER NOT NULL DEFAULT 0,
  answered_remarks INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX card_review_state_waiting ON card_review_state (state, since, customer_id);
CREATE INDEX card_review_state_remarks ON card_review_state (customer_id) WHERE open_remarks > 0;
`;
