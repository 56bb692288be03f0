/** So many changes are remembered; whoever has read fewer begins anew. */
const REMEMBERED = 20_000;

const changed = (what: { customer: string; number?: string; scan?: string }) =>
  `INSERT INTO dossier_change (customer_id, document_number, scan) VALUES (${what.customer}, ${what.number ?? "''"}, ${what.scan ?? "''"});`;
/** The customer of the paper that a row belongs to; a row without one concerns no dossier. */
const changedPaper = (paper: string, scan = "''") =>
  `INSERT INTO dossier_change (customer_id, scan) SELECT customer_id, ${scan} FROM paper WHERE id = ${paper};`;
const scansOf = (row: 'NEW' | 'OLD') =>
  `INSERT INTO dossier_change (customer_id, scan) SELECT ${row}.customer_id, sha256_plain FROM attachment WHERE paper_id = ${row}.id;`;

const differs = (columns: readonly string[]) =>
  `WHEN (${columns.map((column) => `OLD.${column}`).join(', ')}) IS NOT (${columns.map((column) => `NEW.${column}`).join(', ')})`;
const onChange = (name: string, table: string, columns: readonly string[], body: string) =>
  `CREATE TRIGGER ${name} AFTER UPDATE OF ${columns.join(', ')} ON ${table} ${differs(columns)} BEGIN ${body} END;`;

/** What of a paper decides how its dossier stands in the cleaning of its year. */
const PAPER = [
  'customer_id',
  'class',
  'type',
  'sequence',
  'document_number',
  'date',
  'year',
  'pages',
  'export_order_id',
  'valid_until',
  'state',
  'superseded',
  'volume_id',
  'copy_of',
  'added_at',
];

/**
 * What the cleaning of a year finds is worked out once and kept up to date (Y1): each change names the customer whose dossier it concerns, the
 * document number and the scan by which other dossiers may be concerned too. Customer 0: all of them. And what was found is asked for by customer.
 */
export const dossierChangesSql = `
CREATE TABLE dossier_change (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  document_number TEXT NOT NULL DEFAULT '',
  scan TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER dossier_change_is_forgotten AFTER INSERT ON dossier_change BEGIN
  DELETE FROM dossier_change WHERE id <= NEW.id - ${REMEMBERED};
END;

CREATE TRIGGER dossier_gains_paper AFTER INSERT ON paper BEGIN
  ${changed({ customer: 'NEW.customer_id', number: 'NEW.document_number' })}
END;
CREATE TRIGGER dossier_loses_paper AFTER DELETE ON paper BEGIN
  ${changed({ customer: 'OLD.customer_id', number: 'OLD.document_number' })}
END;
${onChange(
  'dossier_paper_changes',
  'paper',
  PAPER,
  `${changed({ customer: 'NEW.customer_id', number: 'NEW.document_number' })}
  INSERT INTO dossier_change (customer_id, document_number) SELECT OLD.customer_id, OLD.document_number
    WHERE (OLD.customer_id, OLD.document_number) <> (NEW.customer_id, NEW.document_number);
  ${scansOf('NEW')}`,
)}

CREATE TRIGGER dossier_gains_scan AFTER INSERT ON attachment WHEN NEW.paper_id IS NOT NULL BEGIN
  ${changedPaper('NEW.paper_id', 'NEW.sha256_plain')}
END;
CREATE TRIGGER dossier_loses_scan AFTER DELETE ON attachment WHEN OLD.paper_id IS NOT NULL BEGIN
  ${changedPaper('OLD.paper_id', 'OLD.sha256_plain')}
END;
${onChange(
  'dossier_scan_changes',
  'attachment',
  ['paper_id', 'sha256_plain', 'retired_in', 'added_at'],
  `${changedPaper('NEW.paper_id', 'NEW.sha256_plain')} ${changedPaper('OLD.paper_id', 'OLD.sha256_plain')}`,
)}

CREATE TRIGGER dossier_paper_is_lent AFTER INSERT ON loan BEGIN ${changedPaper('NEW.paper_id')} END;
${onChange('dossier_loan_changes', 'loan', ['returned_at', 'due', 'borrower_id', 'paper_id'], changedPaper('NEW.paper_id'))}
CREATE TRIGGER dossier_borrower_changes AFTER UPDATE OF name ON staff WHEN OLD.name <> NEW.name BEGIN
  INSERT INTO dossier_change (customer_id) SELECT paper.customer_id FROM loan JOIN paper ON paper.id = loan.paper_id
    WHERE loan.borrower_id = NEW.id AND loan.returned_at IS NULL;
END;

${onChange('dossier_customer_changes', 'customer', ['kind', 'direct_export', 'field_values'], changed({ customer: 'NEW.id' }))}
${onChange('dossier_number_changes', 'customer', ['number'], changed({ customer: '0' }))}

CREATE TRIGGER dossier_gains_order AFTER INSERT ON customer_order WHEN NEW.export = 1 BEGIN
  ${changed({ customer: 'NEW.customer_id' })}
END;
CREATE TRIGGER dossier_loses_order AFTER DELETE ON customer_order WHEN OLD.export = 1 BEGIN
  ${changed({ customer: 'OLD.customer_id' })}
END;
${onChange(
  'dossier_order_changes',
  'customer_order',
  ['customer_id', 'order_number', 'date', 'export'],
  `${changed({ customer: 'NEW.customer_id' })} ${changed({ customer: 'OLD.customer_id' })}`,
)}

CREATE TRIGGER dossier_gains_waiver AFTER INSERT ON waiver BEGIN ${changed({ customer: 'NEW.customer_id' })} END;
CREATE TRIGGER dossier_loses_waiver AFTER DELETE ON waiver BEGIN ${changed({ customer: 'OLD.customer_id' })} END;
CREATE TRIGGER dossier_waiver_changes AFTER UPDATE ON waiver BEGIN
  ${changed({ customer: 'NEW.customer_id' })} ${changed({ customer: 'OLD.customer_id' })}
END;

CREATE TRIGGER dossier_carry_is_decided AFTER INSERT ON year_carry BEGIN ${changedPaper('NEW.paper_id')} END;
CREATE TRIGGER dossier_carry_changes AFTER UPDATE ON year_carry BEGIN ${changedPaper('NEW.paper_id')} END;
CREATE TRIGGER dossier_carry_is_taken_back AFTER DELETE ON year_carry BEGIN ${changedPaper('OLD.paper_id')} END;

CREATE INDEX year_finding_customer ON year_finding (year, customer);
`;
