/** What the desk is told to do (duties put off, dates that run out) and full revisions of the cards (M1, M2). */
export const dutiesAndRevisionSql = `
-- A duty put off to a day, with its reason. Record 0: the whole duty.
CREATE TABLE duty_deferral (
  duty TEXT NOT NULL,
  record INTEGER NOT NULL,
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (duty, record)
) STRICT, WITHOUT ROWID;

-- Dates on cards and papers that run out, in the order in which they do.
CREATE INDEX customer_licence_until ON customer (json_extract(field_values, '$.licenceValidUntil'), id, status)
  WHERE json_extract(field_values, '$.licenceValidUntil') IS NOT NULL;
CREATE INDEX customer_credit_until ON customer (json_extract(field_values, '$.creditLimitValidUntil'), id, status)
  WHERE json_extract(field_values, '$.creditLimitValidUntil') IS NOT NULL;
CREATE INDEX paper_valid_until ON paper (valid_until, id, state, type, customer_id) WHERE valid_until IS NOT NULL;

-- Changes worth watching (M1): raised by the change itself, settled by a person.
CREATE TABLE watch_flag (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  kind TEXT NOT NULL CHECK (kind IN ('personInCharge', 'licence', 'legalForm', 'market')),
  fields TEXT NOT NULL,
  raised_on TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  raised_by TEXT NOT NULL,
  audit_sequence INTEGER NOT NULL,
  settled_at TEXT,
  settled_by TEXT,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX watch_flag_open ON watch_flag (raised_on, id, customer_id, kind) WHERE settled_at IS NULL;
CREATE INDEX watch_flag_customer ON watch_flag (customer_id, id);

-- M2: a campaign (全面修訂核查). Active is 1 until it is closed or discarded: one at a time.
CREATE TABLE revision_campaign (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  scope TEXT NOT NULL,
  due_on TEXT NOT NULL,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL,
  active INTEGER UNIQUE CHECK (active = 1),
  paused_at TEXT,
  discarded_at TEXT,
  closed_at TEXT,
  closed_by TEXT,
  signed_by TEXT NOT NULL DEFAULT '',
  signed_role TEXT NOT NULL DEFAULT '',
  agreement TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE revision_pause (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES revision_campaign (id),
  from_at TEXT NOT NULL,
  to_at TEXT,
  reason TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX revision_pause_campaign ON revision_pause (campaign_id, id);

-- The frozen scope: one row a card, in the order of the work, and how it ended. What an undo gives back stands last.
CREATE TABLE revision_row (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES revision_campaign (id),
  position INTEGER NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  tier TEXT NOT NULL,
  review_due TEXT NOT NULL,
  place TEXT NOT NULL,
  card_revision INTEGER NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'confirmed', 'corrected', 'flagged')),
  flag TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  settled_at TEXT,
  settled_by TEXT,
  settled_revision INTEGER,
  before TEXT,
  UNIQUE (campaign_id, position),
  UNIQUE (campaign_id, customer_id)
) STRICT;
CREATE INDEX revision_row_outcome ON revision_row (campaign_id, outcome, flag, position);
CREATE INDEX revision_row_customer ON revision_row (customer_id, campaign_id, outcome);

-- Who was asked, where the answer comes from, and what it was; several attempts a card.
CREATE TABLE revision_inquiry (
  id INTEGER PRIMARY KEY,
  row_id INTEGER NOT NULL REFERENCES revision_row (id),
  asked_on TEXT NOT NULL,
  source TEXT NOT NULL,
  asked TEXT NOT NULL,
  reached INTEGER NOT NULL CHECK (reached IN (0, 1)),
  answer TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX revision_inquiry_row ON revision_inquiry (row_id, id);
`;
