/**
 * What a customer ordered, got, paid and gave back: what the registers of D2–D5 list and the analyses (A) count. Money is in minor units
 * of its currency, quantities in thousandths of their unit, unit prices in ten-thousandths of a whole currency unit.
 * An export order (D4) is an order like any other with `export` set: the table of the first release grows.
 */
export const dealingsSql = `
ALTER TABLE export_order RENAME TO customer_order;
ALTER TABLE customer_order ADD COLUMN kind TEXT NOT NULL DEFAULT 'order' CHECK (kind IN ('order', 'contract', 'framework'));
ALTER TABLE customer_order ADD COLUMN export INTEGER NOT NULL DEFAULT 1 CHECK (export IN (0, 1));
ALTER TABLE customer_order ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'completed', 'cancelled'));
-- Empty while no amount is known: an export order that was registered for its papers alone.
ALTER TABLE customer_order ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_order ADD COLUMN settlement TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN payment_due TEXT;
ALTER TABLE customer_order ADD COLUMN delivery_due TEXT;
ALTER TABLE customer_order ADD COLUMN valid_until TEXT;
ALTER TABLE customer_order ADD COLUMN staff_id INTEGER REFERENCES staff (id);
ALTER TABLE customer_order ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN import_id INTEGER REFERENCES import_run (id);
ALTER TABLE customer_order ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN recorded_by TEXT NOT NULL DEFAULT '';
ALTER TABLE customer_order ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE INDEX customer_order_customer ON customer_order (customer_id, date, id);
CREATE INDEX customer_order_date ON customer_order (date, id);
CREATE INDEX customer_order_import ON customer_order (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  product_group TEXT NOT NULL DEFAULT '',
  UNIQUE (name, product_group)
) STRICT;

-- Customer, day and currency stand on the line too: two million of them are counted without touching their orders.
CREATE TABLE order_line (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES customer_order (id),
  line INTEGER NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  date TEXT NOT NULL,
  currency TEXT NOT NULL,
  -- 0 for lines of cancelled orders and framework contracts, which are no sales.
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  product_id INTEGER NOT NULL REFERENCES product (id),
  quantity INTEGER NOT NULL,
  unit TEXT NOT NULL DEFAULT '',
  unit_price INTEGER,
  amount INTEGER NOT NULL,
  UNIQUE (order_id, line)
) STRICT;
CREATE INDEX order_line_sales ON order_line (date, customer_id, product_id, currency, amount, quantity) WHERE counted = 1;
CREATE INDEX order_line_customer ON order_line (customer_id, date, currency, amount) WHERE counted = 1;
CREATE INDEX order_line_product ON order_line (product_id);

-- One row for each product of a delivery. \`out\`: to the customer · \`in\`: goods that came back or in from the customer (no money: that is in returned_goods).
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  number TEXT NOT NULL,
  line INTEGER NOT NULL DEFAULT 1,
  date TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  order_id INTEGER REFERENCES customer_order (id),
  product_id INTEGER REFERENCES product (id),
  specification TEXT NOT NULL DEFAULT '',
  quantity INTEGER NOT NULL DEFAULT 0,
  unit TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL DEFAULT 0,
  payment_due TEXT NOT NULL,
  staff_id INTEGER REFERENCES staff (id),
  note TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import_run (id),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, number, line)
) STRICT;
CREATE INDEX delivery_customer ON delivery (customer_id, date, id);
CREATE INDEX delivery_date ON delivery (date, id);
CREATE INDEX delivery_order ON delivery (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX delivery_import ON delivery (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  number TEXT NOT NULL,
  date TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  means TEXT NOT NULL DEFAULT 'other',
  order_id INTEGER REFERENCES customer_order (id),
  staff_id INTEGER REFERENCES staff (id),
  note TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import_run (id),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, number)
) STRICT;
CREATE INDEX receipt_customer ON receipt (customer_id, date, id);
CREATE INDEX receipt_date ON receipt (date, id);
CREATE INDEX receipt_order ON receipt (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX receipt_import ON receipt (import_id) WHERE import_id IS NOT NULL;

-- 退賠、折價 (D5): \`amount\` is what the customer is credited with when the claim is accepted.
CREATE TABLE returned_goods (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  number TEXT NOT NULL,
  line INTEGER NOT NULL DEFAULT 1,
  date TEXT NOT NULL,
  kind TEXT NOT NULL,
  order_id INTEGER REFERENCES customer_order (id),
  product_id INTEGER REFERENCES product (id),
  quantity INTEGER NOT NULL DEFAULT 0,
  unit TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL DEFAULT 0,
  decision TEXT NOT NULL DEFAULT 'pending' CHECK (decision IN ('pending', 'accepted', 'partly', 'declined')),
  responsible TEXT NOT NULL DEFAULT '',
  cause TEXT NOT NULL DEFAULT '',
  staff_id INTEGER REFERENCES staff (id),
  note TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import_run (id),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, number, line)
) STRICT;
CREATE INDEX returned_goods_customer ON returned_goods (customer_id, date, id);
CREATE INDEX returned_goods_date ON returned_goods (date, id);
CREATE INDEX returned_goods_order ON returned_goods (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX returned_goods_import ON returned_goods (import_id) WHERE import_id IS NOT NULL;

-- What is owed, drawn from the tables above by one rule (shared/domain/dealings/receivables.ts) after every change of a customer's dealings.
CREATE TABLE receivable (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  source TEXT NOT NULL CHECK (source IN ('order', 'delivery')),
  source_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  date TEXT NOT NULL,
  due TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  open INTEGER NOT NULL CHECK (open BETWEEN 0 AND amount)
) STRICT;
CREATE INDEX receivable_customer ON receivable (customer_id, due, id);
CREATE INDEX receivable_open ON receivable (due, id, customer_id, currency, open) WHERE open > 0;

CREATE TABLE customer_balance (
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  currency TEXT NOT NULL,
  orders INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  received INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  -- Owed for what was delivered or completed; what was paid beyond it is in prepaid.
  receivable INTEGER NOT NULL,
  prepaid INTEGER NOT NULL,
  -- Ordered and neither delivered nor cancelled: part of the exposure (G4).
  undelivered INTEGER NOT NULL,
  last_order_on TEXT,
  last_receipt_on TEXT,
  PRIMARY KEY (customer_id, currency)
) STRICT, WITHOUT ROWID;

-- Units of the base currency for one unit of another, in millionths, from a day on.
CREATE TABLE exchange_rate (
  currency TEXT NOT NULL,
  from_day TEXT NOT NULL,
  rate_millionths INTEGER NOT NULL CHECK (rate_millionths > 0),
  PRIMARY KEY (currency, from_day)
) STRICT, WITHOUT ROWID;

ALTER TABLE import_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'customers';
-- What a record was before an import changed it: the import can be taken back as a whole.
CREATE TABLE import_former (
  import_id INTEGER NOT NULL REFERENCES import_run (id),
  record_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  former TEXT NOT NULL,
  PRIMARY KEY (import_id, record_id)
) STRICT, WITHOUT ROWID;
`;
