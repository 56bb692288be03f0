/** Classification (K) and credit (G): rules in versions, proposals, approvals, how far limits are used, repayment plans. Amounts are minor units. */
export const creditSql = `
CREATE TABLE credit_policy (
  version INTEGER PRIMARY KEY,
  definition TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- G1: the sheet says for good how a grade came about.
CREATE TABLE credit_assessment (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  policy_version INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  score INTEGER NOT NULL,
  grade TEXT NOT NULL,
  grade_before TEXT NOT NULL,
  sheet TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'dismissed', 'superseded')),
  decided_at TEXT,
  decided_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX credit_assessment_customer ON credit_assessment (customer_id, id);
CREATE UNIQUE INDEX credit_assessment_open ON credit_assessment (customer_id) WHERE state = 'proposed';
CREATE INDEX credit_assessment_state ON credit_assessment (state, id);

-- G3: 客戶信用額度審批表. What it was decided on stands in \`facts\` as it was then.
CREATE TABLE credit_application (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  kind TEXT NOT NULL CHECK (kind IN ('new', 'increase', 'decrease', 'temporary', 'cancel')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'declined')),
  applied_on TEXT NOT NULL,
  applicant_id INTEGER REFERENCES staff (id),
  currency TEXT NOT NULL,
  limit_before INTEGER NOT NULL,
  limit_asked INTEGER NOT NULL,
  limit_approved INTEGER,
  days_before INTEGER NOT NULL,
  days_asked INTEGER NOT NULL,
  days_approved INTEGER,
  settlement_before TEXT NOT NULL,
  settlement_asked TEXT NOT NULL,
  settlement_approved TEXT,
  grade TEXT NOT NULL,
  security TEXT NOT NULL DEFAULT '',
  export_terms TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL,
  papers TEXT NOT NULL DEFAULT '[]',
  effective_from TEXT NOT NULL,
  effective_to TEXT NOT NULL,
  review_on TEXT NOT NULL,
  facts TEXT NOT NULL,
  agreement TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT,
  decision_note TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX credit_application_customer ON credit_application (customer_id, id);
CREATE INDEX credit_application_state ON credit_application (state, id);

-- G4: kept in step with dealings, limits and rates.
CREATE TABLE credit_standing (
  customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
  currency TEXT NOT NULL,
  credit_limit INTEGER NOT NULL,
  exposure INTEGER NOT NULL,
  per_mille INTEGER NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('none', 'within', 'warn', 'block')),
  -- Currencies for which no rate is known: what is owed in them is not in the figure.
  uncounted TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX credit_standing_use ON credit_standing (per_mille, customer_id, mark);
CREATE INDEX credit_standing_marked ON credit_standing (mark, per_mille, customer_id) WHERE mark IN ('warn', 'block');

CREATE TABLE repayment_plan (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  currency TEXT NOT NULL,
  total INTEGER NOT NULL CHECK (total > 0),
  base_date TEXT NOT NULL,
  reason TEXT NOT NULL,
  agreement_paper TEXT NOT NULL DEFAULT '',
  signed_by TEXT NOT NULL DEFAULT '',
  signed_on TEXT,
  follower_id INTEGER REFERENCES staff (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'terminated', 'superseded')),
  follows_id INTEGER REFERENCES repayment_plan (id),
  end_reason TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX repayment_plan_customer ON repayment_plan (customer_id, id);
CREATE INDEX repayment_plan_state ON repayment_plan (state, id);
CREATE TABLE instalment (
  id INTEGER PRIMARY KEY,
  plan_id INTEGER NOT NULL REFERENCES repayment_plan (id),
  line INTEGER NOT NULL,
  due TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  means TEXT NOT NULL DEFAULT '',
  responsible TEXT NOT NULL DEFAULT '',
  paid INTEGER NOT NULL DEFAULT 0 CHECK (paid BETWEEN 0 AND amount),
  paid_on TEXT,
  -- 0 once the plan has ended: the part is no duty any more.
  running INTEGER NOT NULL DEFAULT 1,
  UNIQUE (plan_id, line)
) STRICT;
CREATE INDEX instalment_open ON instalment (due, id, plan_id) WHERE running = 1 AND paid < amount;
CREATE TABLE instalment_payment (
  instalment_id INTEGER NOT NULL REFERENCES instalment (id),
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (instalment_id, receipt_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instalment_payment_receipt ON instalment_payment (receipt_id);

-- 延期還款審批單.
CREATE TABLE payment_extension (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  plan_id INTEGER REFERENCES repayment_plan (id),
  new_plan_id INTEGER REFERENCES repayment_plan (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'declined')),
  asked_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  total INTEGER NOT NULL,
  debts TEXT NOT NULL,
  instalments TEXT NOT NULL,
  reason TEXT NOT NULL,
  proof TEXT NOT NULL DEFAULT '',
  penalty INTEGER NOT NULL DEFAULT 0,
  interest TEXT NOT NULL DEFAULT '',
  security TEXT NOT NULL DEFAULT '',
  assessment TEXT NOT NULL DEFAULT '',
  effect TEXT NOT NULL DEFAULT '',
  signed_by TEXT NOT NULL DEFAULT '',
  signed_on TEXT,
  agreement TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT,
  decision_note TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX payment_extension_customer ON payment_extension (customer_id, id);
CREATE INDEX payment_extension_state ON payment_extension (state, id);

-- K3: one act that classed many customers, so that it can be undone as one.
CREATE TABLE classification_act (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  customers INTEGER NOT NULL,
  undone_at TEXT
) STRICT;
CREATE TABLE classification_change (
  act_id INTEGER NOT NULL REFERENCES classification_act (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (act_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX classification_change_customer ON classification_change (customer_id);

-- K2: rules that propose a tier from figures, in versions; each proposal is accepted or dismissed by itself.
CREATE TABLE tier_rules (
  version INTEGER PRIMARY KEY,
  definition TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TABLE tier_proposal (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  rules_version INTEGER NOT NULL,
  from_tier TEXT NOT NULL,
  to_tier TEXT NOT NULL,
  figures TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'dismissed', 'superseded')),
  decided_at TEXT,
  decided_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX tier_proposal_open ON tier_proposal (customer_id) WHERE state = 'proposed';
CREATE INDEX tier_proposal_state ON tier_proposal (state, id);
CREATE INDEX tier_proposal_customer ON tier_proposal (customer_id, id);
`;
