/** The missing-paper ledger (D7): who owes a paper that is not there, since when it has been asked for, and by when it was promised. */
export const gapClaimsSql = `
CREATE TABLE gap_claim (
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  type TEXT NOT NULL,
  export_order TEXT NOT NULL DEFAULT '',
  owed_by TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  due_on TEXT,
  note TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (customer_id, type, export_order)
) STRICT, WITHOUT ROWID;
`;
