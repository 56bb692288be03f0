/**
 * The second factor (codes on a card): who holds a card, SHA-256 of each of its codes in order, and how many are struck off. The codes
 * themselves are on paper alone.
 */
export const codeCardsSql = `
CREATE TABLE code_card (
  login TEXT NOT NULL PRIMARY KEY,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  codes TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0)
) STRICT, WITHOUT ROWID;
`;
