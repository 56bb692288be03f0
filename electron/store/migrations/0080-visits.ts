/**
 * Daily visit reports, who owes them and on which days; information reports; facts proposed for cards; what was read before a
 * visit; competitors and projects across customers (V1–V3, X, C8).
 */
export const visitsSql = `
-- V1: one report per salesperson per day; it keeps the hour it was due at, whatever the setting says later.
CREATE TABLE daily_report (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  day TEXT NOT NULL,
  due_at TEXT NOT NULL,
  handed_in_at TEXT,
  received_by TEXT NOT NULL DEFAULT '',
  reviewed_at TEXT,
  reviewed_by TEXT NOT NULL DEFAULT '',
  review_comment TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  field_values TEXT NOT NULL DEFAULT '{}',
  UNIQUE (staff_id, day)
) STRICT;
CREATE INDEX daily_report_day ON daily_report (day, staff_id, id);
CREATE INDEX daily_report_unreviewed ON daily_report (day, id) WHERE reviewed_at IS NULL AND handed_in_at IS NOT NULL;
-- A corrected report keeps what it said before.
CREATE TABLE daily_report_version (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES daily_report (id),
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  content TEXT NOT NULL,
  audit_sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX daily_report_version_report ON daily_report_version (report_id, revision);

-- V2: a visit is a line of a report, or stands alone until the day's report takes it in.
ALTER TABLE visit ADD COLUMN report_id INTEGER REFERENCES daily_report (id);
ALTER TABLE visit ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN day TEXT NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN ended_at TEXT;
ALTER TABLE visit ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
UPDATE visit SET day = substr(visited_at, 1, 10);
CREATE INDEX visit_day ON visit (day, staff_id, visited_at, id);
CREATE INDEX visit_staff_day ON visit (staff_id, day, visited_at, id);
CREATE INDEX visit_report ON visit (report_id, line) WHERE report_id IS NOT NULL;

-- Holidays and make-up working days; weekends are a setting.
CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY,
  working INTEGER NOT NULL CHECK (working IN (0, 1)),
  name TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE reporting_duty (
  staff_id INTEGER PRIMARY KEY REFERENCES staff (id),
  from_day TEXT NOT NULL,
  until_day TEXT
) STRICT;
CREATE TABLE reporting_excuse (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  day TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (staff_id, day)
) STRICT, WITHOUT ROWID;

-- V3
CREATE TABLE report_procedure (
  kind TEXT PRIMARY KEY CHECK (kind IN ('routine', 'urgent', 'periodic')),
  reporter TEXT NOT NULL,
  channels TEXT NOT NULL,
  acknowledge_hours INTEGER,
  acknowledger TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE information_report (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('routine', 'urgent', 'periodic')),
  customer_id INTEGER REFERENCES customer (id),
  reporter_id INTEGER NOT NULL REFERENCES staff (id),
  reported_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  subject TEXT NOT NULL,
  period TEXT NOT NULL DEFAULT '',
  acknowledge_by TEXT,
  acknowledged_at TEXT,
  acknowledged_by TEXT NOT NULL DEFAULT '',
  acknowledgement TEXT NOT NULL DEFAULT '',
  handling TEXT NOT NULL DEFAULT '',
  closed_on TEXT,
  outcome TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  field_values TEXT NOT NULL
) STRICT;
CREATE INDEX information_report_time ON information_report (reported_at, id);
CREATE INDEX information_report_kind ON information_report (kind, reported_at, id);
CREATE INDEX information_report_customer ON information_report (customer_id, reported_at) WHERE customer_id IS NOT NULL;
CREATE INDEX information_report_waiting ON information_report (kind, acknowledge_by, id)
  WHERE acknowledge_by IS NOT NULL AND acknowledged_at IS NULL;
CREATE INDEX information_report_period ON information_report (period, customer_id) WHERE kind = 'periodic';
-- How often a customer is reported on (甲, 乙, 丙).
CREATE TABLE report_class (
  customer_id INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
  class TEXT NOT NULL CHECK (class IN ('first', 'second', 'third'))
) STRICT;

-- V2: a fact from a report waits until it is accepted for the card or refused, one by one.
CREATE TABLE proposed_fact (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  source_kind TEXT NOT NULL CHECK (source_kind IN ('visit', 'information')),
  source_number TEXT NOT NULL,
  visit_id INTEGER REFERENCES visit (id),
  field TEXT NOT NULL,
  -- 'set' puts the value in the field's place, 'add' appends one entry to a list.
  mode TEXT NOT NULL CHECK (mode IN ('set', 'add')),
  value TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
  proposed_at TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  decided_at TEXT,
  decided_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX proposed_fact_open ON proposed_fact (proposed_at, id) WHERE state = 'open';
CREATE INDEX proposed_fact_customer ON proposed_fact (customer_id, id);
CREATE INDEX proposed_fact_source ON proposed_fact (source_number);
CREATE INDEX proposed_fact_visit ON proposed_fact (visit_id) WHERE visit_id IS NOT NULL;

-- C8: the brief was taken before the visit, by whom and how.
CREATE TABLE visit_brief (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('screen', 'printed'))
) STRICT;
CREATE INDEX visit_brief_customer ON visit_brief (customer_id, staff_id, taken_at);

-- X1: a competitor's own page; what cards say about competitors and projects, kept beside them for lists across customers.
CREATE TABLE competitor (
  id INTEGER PRIMARY KEY,
  folded_name TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  profile TEXT NOT NULL DEFAULT '{}',
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;
-- Other spellings of the same competitor.
CREATE TABLE competitor_alias (
  folded_name TEXT PRIMARY KEY,
  competitor_id INTEGER NOT NULL REFERENCES competitor (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_competitor (
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  folded_name TEXT NOT NULL,
  name TEXT NOT NULL,
  satisfaction TEXT NOT NULL DEFAULT '',
  share REAL,
  observed_on TEXT NOT NULL DEFAULT '',
  item TEXT NOT NULL,
  PRIMARY KEY (customer_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_competitor_name ON customer_competitor (folded_name, customer_id, position);
CREATE TABLE customer_project (
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT '',
  next_step TEXT NOT NULL DEFAULT '',
  next_step_on TEXT NOT NULL DEFAULT '',
  expected_signing TEXT NOT NULL DEFAULT '',
  probability REAL,
  item TEXT NOT NULL,
  PRIMARY KEY (customer_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_project_stage ON customer_project (stage, next_step_on, customer_id, position);
CREATE INDEX customer_project_step ON customer_project (next_step_on, customer_id, position);
-- What is on cards already; the name as it is compared is put right when its card is next written.
INSERT INTO customer_competitor (customer_id, position, folded_name, name, satisfaction, share, observed_on, item)
  SELECT customer.id, entry.key, lower(replace(entry.value ->> 'competitorName', ' ', '')), entry.value ->> 'competitorName',
    coalesce(entry.value ->> 'satisfaction', ''), CAST(entry.value ->> 'shareOfPurchases' AS REAL),
    coalesce(entry.value ->> 'observedOn', ''), entry.value
  FROM customer, json_each(customer.field_values, '$.competitors') AS entry
  WHERE coalesce(entry.value ->> 'competitorName', '') <> '';
INSERT INTO customer_project (customer_id, position, name, stage, next_step, next_step_on, expected_signing, probability, item)
  SELECT customer.id, entry.key, entry.value ->> 'projectName', coalesce(entry.value ->> 'stage', ''),
    coalesce(entry.value ->> 'nextStep', ''), coalesce(entry.value ->> 'nextStepOn', ''),
    coalesce(entry.value ->> 'expectedSigning', ''), CAST(entry.value ->> 'probability' AS REAL), entry.value
  FROM customer, json_each(customer.field_values, '$.projects') AS entry
  WHERE coalesce(entry.value ->> 'projectName', '') <> '';
`;
