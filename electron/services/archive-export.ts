import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { type CardKind, cardFields, fieldWords } from '../../shared/domain/form-fields.ts';
import { type FieldValue, isFilled } from '../../shared/domain/forms/field.ts';
import { readAnchorFiles } from '../audit/anchors.ts';
import { originOf } from '../audit/checkpoints.ts';
import { logLines, logVerifier } from '../audit/log-export.ts';
import { type BagWriter, bagFolder, beginBag } from '../exchange/bagit.ts';
import { type CsvCell, csvPieces } from '../exchange/safe-csv.ts';
import { readInfos } from '../store/archive-records.ts';
import { allAttachments } from '../store/attachments.ts';
import { type ArchiveDatabase, openArchiveDatabase } from '../store/connection.ts';
import { customersOfKind } from '../store/customers.ts';
import { deskCounts } from '../store/desk-counts.ts';
import type { Reader } from '../store/sql.ts';
import { staffName } from '../store/staff.ts';
import { countRows, type WholeTable, wholeTableRows, wholeTables } from '../store/whole-tables.ts';
import { beginSealedTar } from '../vault/sealed-export.ts';
import { vaultPaths } from '../vault/vault.ts';
import { approvalMatter, approvalNeeded, consumeApproval, requireApproval } from './announced-acts.ts';
import { archiveMigrations } from './archive-schema.ts';
import { printedValue } from './card-print.ts';
import type { HandlersOf, JobContext, OpenArchive } from './context.ts';
import { valuesOf } from './customer-record.ts';
import { readSealed } from './documents.ts';
import { describeBag } from './export-description.ts';
import { findingAidPieces } from './finding-aid.ts';
import { cardForms } from './own-forms.ts';
import { proveAgain } from './prove-person.ts';
import { recordText } from './record-texts.ts';
import { plainMark, protectionData, protectionLine, sealOf } from './release-protection.ts';
import { readSettings } from './settings.ts';

/** The whole archive, readable without this program: a BagIt bag (RFC 8493) with CSV, papers, volumes, log and what they mean. */

const KINDS: readonly CardKind[] = ['enterprise', 'individual'];

/** What the supervisor reads and agrees to. The folder is part of it: another one is another export. */
function exportStatement(
  sql: Reader,
  archive: OpenArchive,
  directory: string,
  sealed: string | undefined,
): AgreementStatement {
  const { customers, papers, volumes } = deskCounts(sql);
  return {
    kind: 'archiveExport',
    subject: `vault:${archive.vault.vaultId}`,
    purpose: recordText('zh-Hant', 'bag.purpose'),
    lines: [
      { field: 'exportFolder', value: directory },
      protectionLine(sealed),
      { field: 'exportCustomers', value: String(customers) },
      { field: 'exportPapers', value: String(papers) },
      { field: 'exportVolumes', value: String(volumes) },
    ],
  };
}

/** A part of a path inside the bag: what some file system could not hold becomes `_`. */
const pathPart = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  text.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/gu, '_').replace(/^\.+|[. ]+$/gu, '_') || '_';

/** The name of a scan keeps its ending and stays below what file systems take, whatever its script. */
function fileNamePart(name: string): string {
  const safe = pathPart(name);
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= 6 ? safe.slice(dot) : '';
  const stem = [...(ending === '' ? safe : safe.slice(0, dot))].slice(0, 50).join('');
  return `${stem}${ending}`;
}

function* cardRows(sql: Reader, kind: CardKind): IterableIterator<readonly CsvCell[]> {
  const language = readSettings(sql).printLanguage;
  const fields = cardFields(kind, cardForms(sql));
  const nameOf = (id: number) => staffName(sql, id);
  for (const row of customersOfKind(sql, kind)) {
    const values = valuesOf(row);
    yield [
      row.number,
      ...fields.map((field): CsvCell => {
        const value = values[field.key] as FieldValue | undefined;
        if (!isFilled(value)) return '';
        return field.type === 'list' ? JSON.stringify(value) : printedValue(language, field, value, nameOf);
      }),
      row.updated_at,
      row.updated_by,
    ];
  }
}

function cardHeadings(sql: Reader, kind: CardKind): string[] {
  const language = readSettings(sql).printLanguage;
  const forms = cardForms(sql);
  return [
    recordText(language, 'bag.number'),
    ...cardFields(kind, forms).map((field) => fieldWords(kind, field.key, (key) => recordText(language, key), forms)),
    recordText(language, 'bag.updatedAt'),
    recordText(language, 'bag.updatedBy'),
  ];
}

async function addScans(context: JobContext, sql: Reader, bag: BagWriter): Promise<void> {
  const { archive, signal } = context;
  const rows = [...allAttachments(sql)];
  const listed: CsvCell[][] = [];
  for (const [index, row] of rows.entries()) {
    signal.throwIfAborted();
    context.progress({ phase: 'copying', done: index, total: rows.length });
    const label = row.code ?? row.name;
    const bytes = await readSealed(archive, row, label);
    const path =
      row.purpose === 'volume'
        ? `volumes/${fileNamePart(row.name)}`
        : `papers/${pathPart(row.customer ?? '_')}/${pathPart(row.code ?? '_')}/${row.id.slice(0, 8)}-${fileNamePart(row.name)}`;
    await bag.add(path, [bytes]);
    bytes.fill(0);
    listed.push([path, row.code ?? '', row.name, row.media_type, row.pages, row.size, row.sha256_plain]);
  }
  await bag.add(
    'tables/papers-files.csv',
    csvPieces(['path', 'reference_code', 'name', 'media_type', 'pages', 'bytes', 'sha256'], listed),
  );
}

async function addLog(context: JobContext, frozen: ArchiveDatabase, bag: BagWriter): Promise<void> {
  const { archive } = context;
  await bag.add('log/log.txt', logLines(frozen.reader));
  const keys = Object.fromEntries(
    readInfos(frozen.reader, 'publicKey:').map(({ key, value }) => [key.slice('publicKey:'.length), value]),
  );
  const origin = originOf(archive.name, archive.vault.vaultId);
  await bag.add('log/keys.json', [`${JSON.stringify({ vault: archive.vault.vaultId, origin, keys }, null, 2)}\n`]);
  await bag.add('log/verify-log.mjs', [await logVerifier()]);
  const { epoch, anchorKey } = archive.vault;
  const { records } = await readAnchorFiles([vaultPaths(archive.directory).anchors], { epoch, key: anchorKey });
  for (const [index, { note }] of records.entries())
    await bag.add(`log/checkpoints/${String(index + 1).padStart(6, '0')}.note`, [note]);
}

/** The rows of a table as they are printed; bytes as base64. */
function* printedRows(sql: Reader, table: WholeTable): Generator<readonly CsvCell[]> {
  for (const row of wholeTableRows(sql, table))
    yield row.map((value) => (value instanceof Uint8Array ? `base64:${Buffer.from(value).toString('base64')}` : value));
}

async function writeBag(context: JobContext, frozen: ArchiveDatabase, bag: BagWriter): Promise<void> {
  const { signal, clock, archive } = context;
  const sql = frozen.reader;
  const tables = wholeTables(sql).map((table) => ({ ...table, rows: countRows(sql, table) }));
  for (const [index, table] of tables.entries()) {
    signal.throwIfAborted();
    context.progress({ phase: 'writing', done: index, total: tables.length });
    await bag.add(`tables/${table.name}.csv`, csvPieces(table.columns, printedRows(sql, table)));
  }
  for (const kind of KINDS) await bag.add(`cards/${kind}.csv`, csvPieces(cardHeadings(sql, kind), cardRows(sql, kind)));
  const settings = readSettings(sql);
  await bag.add(
    'catalogue/ead3.xml',
    findingAidPieces(sql, {
      language: settings.printLanguage,
      name: archive.name,
      institution: settings.institution,
      vaultId: archive.vault.vaultId,
      at: clock.now().toISOString(),
      program: `dossier-desk ${context.program.version}`,
    }),
  );
  await bag.add('settings.json', [`${JSON.stringify(readSettings(sql), null, 2)}\n`]);
  await addScans(context, sql, bag);
  await addLog(context, frozen, bag);
  const at = clock.now().toISOString();
  for (const language of ['zh-Hant', 'zh-Hans', 'en'] as const)
    await bag.add(`README.${language}.txt`, [describeBag(language, { name: archive.name, at, tables })]);
}

export const archiveExportHandlers: HandlersOf<'archive.exportStatement' | 'archive.exportBag'> = {
  'archive.exportStatement': {
    phase: 'query',
    async run(context, { directory, sealedFor }) {
      const { sql, archive } = context;
      return await approvalMatter(context, exportStatement(sql, archive, directory, sealedFor));
    },
  },
  'archive.exportBag': {
    phase: 'job',
    async run(context, { directory, secret, sealedFor, seal: given }) {
      const { archive, clock, random, program, sql } = context;
      context.note({ object: `vault:${archive.vault.vaultId}` });
      // R25: whoever carries everything away shows once more who they are.
      await proveAgain(context, secret);
      const approval = await approvalNeeded(context);
      const statement = exportStatement(sql, archive, directory, sealedFor);
      const seal = sealOf({ sealedFor, seal: given });
      requireApproval(context, approval, statement);

      // Everything is read from one consistent copy, under the same key; the desk goes on meanwhile.
      const copy = join(archive.directory, `.export-${random.uuid()}.${process.pid}-0.tmp`);
      const target = seal === undefined ? directory : `${directory}.tar.age`;
      const bag = beginBag(
        seal === undefined
          ? await bagFolder(directory, `.bag-${random.uuid()}.${process.pid}-0.tmp`)
          : await beginSealedTar(target, basename(directory), seal, clock.now()),
      );
      let frozen: ArchiveDatabase | undefined;
      try {
        context.progress({ phase: 'copying', done: 0, total: 0 });
        archive.database.vacuumInto(copy);
        frozen = openArchiveDatabase({ path: copy, key: archive.vault.databaseKey, migrations: archiveMigrations });
        await writeBag(context, frozen, bag);
        const { customers, papers } = deskCounts(frozen.reader);
        const auditEntries = archive.audit.size();
        const written = await bag.finish([
          ['Source-Organization', readSettings(sql).institution || archive.name],
          ['External-Identifier', archive.vault.vaultId],
          ['External-Description', recordText('zh-Hant', 'bag.title').replace('{{name}}', archive.name)],
          ['Bagging-Date', clock.now().toISOString().slice(0, 10)],
          ['Bag-Software-Agent', `dossier-desk ${program.version}`],
          ...(seal === undefined ? [['Internal-Sender-Description', plainMark(context)] as const] : []),
        ]);
        await context.transaction((change) => {
          consumeApproval(change, approval, statement, `export:${written.sha256}`);
          change.note({
            data: {
              customers,
              papers,
              files: written.files,
              bytes: written.bytes,
              sha256: written.sha256,
              ...protectionData(sealedFor),
            },
          });
          // R69: the entry is durable before the bag has its name.
          change.afterCommit(() => bag.publish());
        });
        return { directory: target, customers, papers, auditEntries, ...written };
      } catch (thrown) {
        await bag.discard();
        throw thrown;
      } finally {
        frozen?.close();
        for (const rest of ['', '-wal', '-shm']) await rm(`${copy}${rest}`, { force: true });
      }
    },
  },
};
