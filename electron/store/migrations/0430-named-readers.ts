/** L1: who alone may read a card; without a row here, whoever's role may. */
export const namedReadersSql = `
CREATE TABLE named_reader (
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  reason TEXT NOT NULL,
  named_at TEXT NOT NULL,
  named_by TEXT NOT NULL,
  PRIMARY KEY (customer_id, staff_id)
) STRICT, WITHOUT ROWID;
`;
