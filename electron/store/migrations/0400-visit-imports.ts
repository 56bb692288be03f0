/**
 * Visits that an import brought, and numbers of daily reports that went with an import that was taken back: such a number is void with
 * its reason and never used again (C1, wish 27).
 */
export const visitImportsSql = `
ALTER TABLE visit ADD COLUMN import_id INTEGER REFERENCES import_run (id);
CREATE INDEX visit_import ON visit (import_id) WHERE import_id IS NOT NULL;
CREATE TABLE daily_report_void (
  number TEXT PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  day TEXT NOT NULL,
  voided_at TEXT NOT NULL,
  voided_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
