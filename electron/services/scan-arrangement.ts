import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PlacedPage, PlainScan, ScanMediaType } from '../scans/scan-client.ts';
import { type AttachmentRow, findAttachment } from '../store/attachments.ts';
import { findPaperById, insertPaperAct, type PaperView } from '../store/papers.ts';
import { formerScans, insertArrangement, retireScans, scansOfArrangement } from '../store/scan-readings.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { attach, mustTakeScans, readSealed } from './documents.ts';
import { getPaper, reindexPaper, scanOf } from './paper-record.ts';

/** Pages of scans put in order: the work is done in a process without keys, the result is sealed as new scans, the former stay (D8). */

type Input = ParsedInputOf<'scans.arrange'>;

function presentScan(sql: Reader, id: string): AttachmentRow & { readonly paper_id: number } {
  const row = findAttachment(sql, id);
  if (row === undefined || row.purpose !== 'scan' || row.paper_id === null)
    throw new AppError('NOT_FOUND', { params: { what: 'scan' } });
  return { ...row, paper_id: row.paper_id };
}

/** What is to be done, looked through before anything is opened. */
function planOf(sql: Reader, input: Input) {
  const paper = getPaper(sql, input.code);
  const targets = input.results.map(({ code }) => (code === undefined ? paper : getPaper(sql, code)));
  for (const target of [paper, ...targets]) mustTakeScans(target);
  const ids = [...new Set([...input.replaces, ...input.results.flatMap(({ pages }) => pages.map(({ scan }) => scan))])];
  const rows = ids.map((id) => presentScan(sql, id));
  for (const row of rows)
    if (row.retired_in !== null || row.paper_id !== paper.id || !input.replaces.includes(row.id))
      throw new AppError('CONFLICT', { params: { what: 'scan', number: row.name } });
  const outputs = input.results.map(({ pages }, result) =>
    pages.map(({ scan, page, turn }, index): PlacedPage => {
      const file = rows.findIndex(({ id }) => id === scan);
      if (page > (rows[file]?.pages ?? 0))
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: `results.${result}.pages.${index}`, message: 'validation.noSuchPage', params: { page } }],
        });
      return { file, page: page - 1, turn };
    }),
  );
  return { paper, targets, rows, outputs };
}

const pdfName = (name: string): string => `${name.replace(/\.[A-Za-z]{3,4}$/u, '')}.pdf`;

async function sealResults(
  context: CommandContext,
  input: Input,
  targets: readonly PaperView[],
  files: readonly Buffer[],
): Promise<OutputOf<'scans.arrange'>['scans']> {
  const { sql, clock, actor } = context;
  const { paper, rows } = planOf(sql, input);
  const at = clock.now().toISOString();
  const arrangement = insertArrangement(sql, { at, by: actor.displayName, reason: input.reason });
  const made: OutputOf<'scans.arrange'>['scans'] = [];
  for (const [index, bytes] of files.entries()) {
    const target = targets[index] ?? paper;
    const id = await attach(context, target, { name: pdfName(input.results[index]?.name ?? ''), bytes }, arrangement);
    made.push({ ...scanOf(presentScan(sql, id)), code: target.code });
  }
  retireScans(sql, input.replaces, arrangement);
  for (const touched of new Set([paper, ...targets]))
    insertPaperAct(sql, {
      paper_id: touched.id,
      at,
      by: actor.displayName,
      act: 'scansArranged',
      reason: input.reason,
      detail: `${rows.map(({ name }) => name).join(', ')} → ${made.map(({ name }) => name).join(', ')}`,
    });
  reindexPaper(sql, paper);
  return made;
}

export const scanArrangementHandlers: HandlersOf<'scans.arrange' | 'scans.former' | 'scans.restore'> = {
  'scans.arrange': {
    phase: 'job',
    async run(context, input) {
      const { sql, archive, signal } = context;
      const { paper, targets, rows, outputs } = planOf(sql, input);
      context.note({
        object: `paper:${paper.code}`,
        why: input.reason,
        data: { replaced: rows.length, made: outputs.length, pages: outputs.flat().length },
      });
      const scans: PlainScan[] = [];
      for (const row of rows)
        scans.push({ mediaType: row.media_type as ScanMediaType, bytes: await readSealed(archive, row, row.name) });
      const files = await context.scanner.arrange(scans, outputs, { signal, onProgress: context.progress });
      for (const { bytes } of scans) bytes.fill(0);
      return { scans: await context.transaction((change) => sealResults(change, input, targets, files)) };
    },
  },
  'scans.former': {
    phase: 'query',
    run({ sql }, { code }) {
      return {
        former: formerScans(sql, getPaper(sql, code).id).map((row) => ({
          id: row.id,
          name: row.name,
          mediaType: row.media_type,
          pages: row.pages,
          size: row.size,
          addedAt: row.added_at,
          replacedAt: row.at,
          replacedBy: row.by,
          reason: row.reason,
        })),
      };
    },
  },
  'scans.restore': {
    phase: 'command',
    run(context, { scan, reason }) {
      const { sql, clock, actor } = context;
      const row = presentScan(sql, scan);
      const paper = findPaperById(sql, row.paper_id);
      if (paper === undefined || row.retired_in === null) throw new AppError('CONFLICT', { params: { what: 'scan' } });
      mustTakeScans(paper);
      context.note({ object: `paper:${paper.code}`, why: reason });
      const { retired, made } = scansOfArrangement(sql, row.retired_in);
      const at = clock.now().toISOString();
      const taken = made.map((id) => presentScan(sql, id));
      const touched = new Map([[paper.id, paper]]);
      for (const { paper_id } of taken) {
        const holder = findPaperById(sql, paper_id);
        if (holder === undefined) continue;
        mustTakeScans(holder);
        touched.set(holder.id, holder);
      }
      retireScans(sql, made, insertArrangement(sql, { at, by: actor.displayName, reason }));
      retireScans(sql, retired, null);
      for (const each of touched.values()) {
        insertPaperAct(sql, {
          paper_id: each.id,
          at,
          by: actor.displayName,
          act: 'scansRestored',
          reason,
          detail: retired.map((id) => presentScan(sql, id).name).join(', '),
        });
        reindexPaper(sql, each);
      }
      return {};
    },
  },
};
