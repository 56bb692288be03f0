/** Index, table and what it is by, as the lists of records ask for it: a statement says the same words (a test asserts that each is followed). */
const ORDERS = [
  ['paper_class', 'paper', 'CAST(class AS TEXT), code'],
  ['paper_type', 'paper', 'type, code'],
  ['paper_security', 'paper', 'security'],
  ['paper_retention', 'paper', 'retention'],
  ['paper_medium', 'paper', 'medium'],
  ['paper_original', 'paper', 'original'],
  ['paper_listed_state', 'paper', "iif(destroyed_in IS NULL, state, 'destroyed')"],
  ['paper_listed_place', 'paper', 'place'],
  ['paper_listed_year', 'paper', 'year'],
  ['paper_pages', 'paper', 'pages'],
  ['paper_scans', 'paper', 'scans'],
  ['visit_method', 'visit', 'method'],
  ['visit_purpose', 'visit', 'purpose'],
  ['visit_result', 'visit', 'result'],
  ['visit_staff', 'visit', 'staff_id'],
  ['orders_number', 'customer_order', 'order_number'],
  ['orders_kind', 'customer_order', 'kind'],
  ['orders_export', 'customer_order', 'export'],
  ['orders_state', 'customer_order', 'state, date'],
  ['orders_description', 'customer_order', 'description'],
  [
    'orders_amount',
    'customer_order',
    `CASE WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN amount / 1.0
      WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN amount / 1000.0 ELSE amount / 100.0 END`,
  ],
  ['orders_settlement', 'customer_order', 'settlement'],
  ['orders_payment_due', 'customer_order', 'payment_due'],
  ['orders_staff', 'customer_order', 'staff_id'],
  ['loan_due', 'loan', 'due'],
  ['loan_staff', 'loan', 'borrower_id'],
] as const;

const countedFor = (row: 'NEW' | 'OLD', by: '+ 1' | '- 1') =>
  `UPDATE paper SET scans = scans ${by} WHERE id = ${row}.paper_id AND ${row}.retired_in IS NULL;`;

/** Counts every paper's scans anew. */
export const recountScansSql = `
UPDATE paper SET scans = (SELECT count(*) FROM attachment WHERE attachment.paper_id = paper.id AND retired_in IS NULL)
WHERE scans <> 0 OR id IN (SELECT paper_id FROM attachment WHERE paper_id IS NOT NULL);
`;

/**
 * The lists of papers, visits, orders and loans by what they are filtered and sorted by: 200 bytes a paper, 60 a visit, 155 an order, 28 a loan.
 * A code begins with its class, and a class has types of its own: the papers of one lie far from the beginning, so they have their codes in order.
 * And how many scans a paper has, kept as it changes: the scans of five million papers cannot be counted for a page of them. A test
 * holds it equal to the recount.
 */
export const recordOrdersSql = `
ALTER TABLE paper ADD COLUMN scans INTEGER NOT NULL DEFAULT 0;
${recountScansSql}
CREATE TRIGGER scan_is_counted AFTER INSERT ON attachment BEGIN ${countedFor('NEW', '+ 1')} END;
CREATE TRIGGER scan_is_discounted AFTER DELETE ON attachment BEGIN ${countedFor('OLD', '- 1')} END;
CREATE TRIGGER scan_is_counted_anew AFTER UPDATE OF paper_id, retired_in ON attachment BEGIN
  ${countedFor('OLD', '- 1')} ${countedFor('NEW', '+ 1')}
END;
${ORDERS.map(([name, table, by]) => `CREATE INDEX ${name} ON ${table} (${by});`).join('\n')}
`;
