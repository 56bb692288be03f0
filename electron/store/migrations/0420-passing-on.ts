/**
 * V3: whom a report is passed on to, when and how it was; and who is told of which subject. An empty subject stands for every one.
 * G4: orders that took their customer beyond the limit, with what stood then, until somebody answers for them.
 */
export const passingOnSql = `
CREATE TABLE report_passing (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES information_report (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  why TEXT NOT NULL CHECK (why IN ('responsible', 'rule', 'added')),
  pass_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'passed', 'dropped')),
  passed_at TEXT,
  channel TEXT NOT NULL DEFAULT '',
  -- What was said; for one who is not told, why not.
  words TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  UNIQUE (report_id, staff_id)
) STRICT;
CREATE INDEX report_passing_waiting ON report_passing (pass_by, id) WHERE state = 'waiting';
CREATE TABLE report_routing (
  subject TEXT NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (subject, staff_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_over_limit (
  order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
  currency TEXT NOT NULL,
  credit_limit INTEGER NOT NULL,
  -- With this order, in the limit's currency.
  exposure INTEGER NOT NULL,
  noticed_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'released')),
  released_at TEXT,
  released_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  agreement TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_over_limit_held ON order_over_limit (noticed_at, order_id) WHERE state = 'held';
`;
