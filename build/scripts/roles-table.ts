/**
 * Who may do what and see what, as build/roles.md: `node build/scripts/roles-table.ts` writes it, `--check` exits with 1 when it is not
 * current. Generated from the contract and the mask rules; never edited by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CARD_READERS,
  type FieldShowing,
  fieldRows,
  operationRows,
  type Place,
  paperRows,
  SITTERS,
  type Sitter,
} from '../../shared/contract/role-table.ts';
import { CARD_KINDS, fieldLabelKey } from '../../shared/domain/form-fields.ts';
import type { PaperView } from '../../shared/domain/masks.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FILE = join(ROOT, 'build', 'roles.md');

function texts(file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(ROOT, 'shared', 'i18n', 'zh-Hant', `${file}.json`), 'utf8')) as Record<
    string,
    string
  >;
}
const words = { ...texts('domain'), ...texts('fields'), ...texts('records'), ...texts('roles') };
const word = (key: string) => words[key] ?? key;

const PLACE_MARKS: Readonly<Record<Place, string>> = { desk: '●', room: '○', closed: '□', handover: '◇' };
const SHOWING_MARKS: Readonly<Record<FieldShowing, string>> = { clear: '●', masked: '▒', absent: '·' };
const PAPER_MARKS: Readonly<Record<PaperView, string>> = { full: '●', entry: '▒', nothing: '·' };

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [line(heads), line(heads.map((_, index) => (index < 2 ? '---' : ':-:'))), ...rows.map(line)].join('\n');
const sitterName = (sitter: Sitter | string) => word(`role.${sitter}`);

function operationTables(): string {
  const rows = operationRows();
  return [...Map.groupBy(rows, ({ area }) => area)]
    .map(
      ([area, own]) =>
        `### ${[area, words[`operationArea.${area}`]].filter(Boolean).join(' · ')}\n\n${table(
          ['operation', 'what it does', ...SITTERS.map(sitterName)],
          own.map(({ name, operation, places }) => [
            `\`${name}\``,
            operation.summary,
            ...SITTERS.map((sitter) => places[sitter].map((place) => PLACE_MARKS[place]).join(' ') || '·'),
          ]),
        )}`,
    )
    .join('\n\n');
}

function fieldTables(): string {
  return CARD_KINDS.map(
    (kind) =>
      `### ${word(`option.cardKind.${kind}`)}\n\n${table(
        ['field', 'label', ...CARD_READERS.map(sitterName)],
        fieldRows(kind).map(({ path, showing }) => [
          `\`${path}\``,
          word(fieldLabelKey(kind, path)),
          ...CARD_READERS.map((reader) => SHOWING_MARKS[showing[reader]]),
        ]),
      )}`,
  ).join('\n\n');
}

function paperTable(): string {
  return table(
    ['level', 'name', ...CARD_READERS.map(sitterName)],
    paperRows().map(({ level, views }) => [
      `\`${level}\``,
      word(`option.securityLevel.${level}`),
      ...CARD_READERS.map((reader) => PAPER_MARKS[views[reader]]),
    ]),
  );
}

/** The whole document. */
function rolesDocument(): string {
  const count = operationRows().length;
  return `# Who may do what, and see what

Generated from \`shared/contract\` and \`shared/domain/masks.ts\` by \`node build/scripts/roles-table.ts\`; do not edit. The same tables are in the
application under 設定 → 權限. \`tests/contract/raw-client.test.ts\` calls each of the ${count} operations in every situation from a client
without a window and compares the answer with this table.

Keeper and supervisor open the archive with their own secret. An auditor sits down at the desk that the keeper has opened and handed
over. Managers and customer service read in the reading room, for a limited time. A salesperson never signs in.

## Operation × role

● at the desk · ○ in the reading room (locked lookup) · □ while no archive is open · ◇ while the screen is handed over · \`·\` refused

${operationTables()}

## Field × role

● shown · ▒ a mask says that something is there · \`·\` not shown. The salesperson's column is the issued copy (I2).

${fieldTables()}

## Paper × role, by security level

● entry, notes and scan · ▒ the line of the catalogue alone · \`·\` not shown

${paperTable()}
`;
}

const wanted = rolesDocument();
if (process.argv.includes('--check')) {
  let present = '';
  try {
    present = readFileSync(FILE, 'utf8');
  } catch {
    // Absent: not current.
  }
  if (present !== wanted) {
    process.stderr.write('build/roles.md is not current: node build/scripts/roles-table.ts\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(FILE, wanted);
}
