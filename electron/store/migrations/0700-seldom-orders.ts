/** Index, table and column, as the lists of records ask for them (a test asserts that each is followed). */
const ORDERS = [
  ['paper_listed_number', 'paper', 'document_number'],
  ['paper_copies', 'paper', 'copies'],
  ['paper_listed_until', 'paper', 'valid_until'],
  ['paper_added_by', 'paper', 'added_by'],
  ['paper_note', 'paper', 'note'],
  ['visit_ended', 'visit', 'ended_at'],
  ['visit_content', 'visit', 'content'],
  ['visit_recorded_at', 'visit', 'recorded_at'],
  ['visit_recorded_by', 'visit', 'recorded_by'],
  ['orders_currency', 'customer_order', 'currency'],
  ['orders_delivery_due', 'customer_order', 'delivery_due'],
  ['orders_valid_until', 'customer_order', 'valid_until'],
  ['orders_note', 'customer_order', 'note'],
  ['orders_recorded_at', 'customer_order', 'recorded_at'],
  ['orders_recorded_by', 'customer_order', 'recorded_by'],
  ['loan_purpose', 'loan', 'purpose'],
  ['loan_lent_by', 'loan', 'lent_by'],
  ['loan_approved_by', 'loan', 'approved_by'],
  ['loan_recalled_at', 'loan', 'recalled_at'],
  ['loan_listed_returned', 'loan', 'returned_at'],
  ['loan_condition_out', 'loan', 'condition_out'],
  ['loan_condition_in', 'loan', 'condition_in'],
  ['loan_pages_out', 'loan', 'pages_out'],
  ['loan_pages_in', 'loan', 'pages_in'],
  ['loan_note', 'loan', 'note'],
] as const;

/**
 * The lists of papers, visits, orders and loans by the columns that are shown only where somebody asks for them, so that those are orders as well, and
 * notes are looked through without their rows: 82 bytes a paper, 250 a visit (150 of them its content), 185 an order, 250 a loan.
 */
export const seldomOrdersSql = `
${ORDERS.map(([name, table, by]) => `CREATE INDEX ${name} ON ${table} (${by});`).join('\n')}
`;
