import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { replaceDurably } from '../platform/durable-files.ts';
import { requireRoom } from '../platform/output-folder.ts';
import type { PrintedVolume } from '../print/printer.ts';
import { carriesOfYear, keptOfCustomers, markCopy } from '../store/archive-years.ts';
import { findAttachment, insertAttachment } from '../store/attachments.ts';
import { findCustomerById } from '../store/customers.ts';
import { destroyedVolumes } from '../store/disposals.ts';
import {
  findPaperById,
  insertPaper,
  insertPaperAct,
  markBoundSuperseded,
  nextSequence,
  rememberFormerCode,
  updatePaper,
} from '../store/papers.ts';
import { supplementCounts } from '../store/supplements.ts';
import { findVolume, insertVolume, listVolumes, type VolumeRow } from '../store/volumes.ts';
import { openSealed, removeSealed, type SealedFile, seal } from '../vault/sealed-files.ts';
import { proposalOf } from './binding-plan.ts';
import type { CommandContext, HandlersOf, JobContext, QueryContext } from './context.ts';
import { readSealed } from './documents.ts';
import { recountDossier, reindexPaper } from './paper-record.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { codeInVolume, type FindingsOf, printedSpine, volumeCode, volumeData } from './volume-content.ts';
import { type PlannedBinding, papersOfPlan, planVolumes, samePlan } from './volume-plan.ts';
import { findingsBound, keepFindings, lookAtYear, requireClean } from './year-cleaning.ts';

/** The archive year (Y1) and its fixed volumes (Y2). */

const fileName = (volume: Pick<VolumeRow, 'year' | 'class' | 'number'>) =>
  `dossier-${volume.year}-${volume.class}-${String(volume.number).padStart(3, '0')}.pdf`;

interface SetVolume {
  readonly planned: PlannedBinding;
  /** Without its bytes: a year's volumes together would not fit into the memory. */
  readonly printed: Omit<PrintedVolume, 'pdf'>;
  readonly bytes: number;
  readonly fingerprint: string;
  readonly sha256: string;
}

/** A sealed volume has no limit but this. */
const LARGEST_VOLUME = 1024 * 1024 * 1024;

async function setVolume(
  context: QueryContext,
  planned: PlannedBinding,
  volumesInClass: number,
  findings: FindingsOf,
  onPages?: (done: number, total: number) => void,
): Promise<{ readonly set: SetVolume; readonly pdf: Buffer }> {
  const data = await volumeData(context, planned, volumesInClass, findings);
  const { pdf, ...printed } = await context.printer.printVolume(data, {
    signal: context.signal,
    onProgress: (progress) =>
      onPages === undefined ? context.progress(progress) : onPages(progress.done, progress.total),
  });
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  return { set: { planned, printed, bytes: pdf.length, fingerprint: data.fingerprint, sha256 }, pdf };
}

function fixVolume(context: CommandContext, volume: SetVolume, sealed: SealedFile): VolumeRow {
  const { sql, clock, actor, archive } = context;
  const { planned, printed } = volume;
  const { fonds, printLanguage } = readSettings(sql);
  const at = clock.now().toISOString();
  const proposal = proposalOf(printLanguage, planned);
  const row = {
    year: planned.year,
    class: planned.class,
    number: planned.volume,
    code: volumeCode(fonds, planned),
    title: proposal.title,
    retention: proposal.retention,
    papers: proposal.papers,
    customers: proposal.customers,
    pages: printed.pages,
    sheets: printed.sheets,
    spine_millimetres: printedSpine(sql, planned.year, printed.sheets),
    sha256: volume.sha256,
    fingerprint: volume.fingerprint,
    attachment_id: sealed.id,
    audit_head: archive.audit.head().chain,
    missing_glyphs: JSON.stringify([...new Set(printed.missingGlyphs.map((glyph) => glyph.codePoint))]),
    bound_at: at,
    bound_by: actor.displayName,
  };
  insertAttachment(sql, {
    id: sealed.id,
    purpose: 'volume',
    paper_id: null,
    name: fileName(row),
    media_type: 'application/pdf',
    pages: printed.pages,
    size: sealed.size,
    sha256_plain: sealed.sha256Plain,
    sha256_cipher: sealed.sha256Cipher,
    key: sealed.key,
    added_at: at,
    added_by: actor.displayName,
  });
  const id = insertVolume(sql, row);
  const decided = carriesOfYear(sql, planned.year);
  const papers = papersOfPlan(sql, planned);
  for (const [index, paper] of papers.entries()) {
    const { carried, ...current } = paper;
    const code = codeInVolume(fonds, planned, paper.customer_number, index);
    const range = printed.pageMap[code];
    const inVolume = {
      code,
      state: 'bound' as const,
      volume_id: id,
      from_page: range?.from ?? null,
      to_page: range?.to ?? null,
    };
    const act = {
      at,
      by: actor.displayName,
      reason: decided.get(paper.id)?.reason ?? '',
      detail: `${row.code} · ${code}`,
    };
    let bound = paper.id;
    if (carried) {
      // The paper itself goes on in the current dossier under its number; the volume keeps a copy (Y1).
      const copy = { ...current, ...inVolume, original: 0, sequence: nextSequence(sql, current.customer_id) };
      bound = insertPaper(sql, { ...copy, added_at: at, added_by: actor.displayName, revision: 1 });
      markCopy(sql, bound, paper.id);
      updatePaper(sql, { ...current, year: planned.year + 1, revision: current.revision + 1 });
      insertPaperAct(sql, { ...act, paper_id: paper.id, act: 'carried' });
    } else {
      rememberFormerCode(sql, paper.code, paper.id);
      if (current.state === 'superseded') markBoundSuperseded(sql, paper.id);
      updatePaper(sql, { ...current, ...inVolume, revision: current.revision + 1 });
    }
    insertPaperAct(sql, { ...act, paper_id: bound, act: 'bound' });
    const after = findPaperById(sql, bound);
    if (after !== undefined) reindexPaper(sql, after);
  }
  for (const customerId of new Set(papers.map((paper) => paper.customer_id))) {
    const customer = findCustomerById(sql, customerId);
    if (customer !== undefined) recountDossier(sql, customer, todayOf(clock));
  }
  return { ...row, id };
}

/** Sets volume after volume; each goes to `keep` at once, and its bytes are forgotten. */
async function setAll(
  context: JobContext,
  planned: readonly PlannedBinding[],
  findings: FindingsOf,
  keep: (pdf: Buffer) => Promise<void>,
): Promise<SetVolume[]> {
  const total = planned.reduce((sum, volume) => sum + volume.papers.ids.length, 0);
  const all: SetVolume[] = [];
  let before = 0;
  for (const volume of planned) {
    context.signal.throwIfAborted();
    const inClass = planned.filter((other) => other.class === volume.class && other.year === volume.year).length;
    const base = before;
    const { set, pdf } = await setVolume(context, volume, Math.max(inClass, volume.volume), findings, (done, of) =>
      context.progress({
        phase: 'printLayout',
        done: base + (of === 0 ? 0 : Math.floor((done / of) * volume.papers.ids.length)),
        total,
      }),
    );
    await keep(pdf);
    all.push(set);
    before += volume.papers.ids.length;
    context.progress({ phase: 'printLayout', done: before, total });
  }
  return all;
}

function shownVolume(row: VolumeRow, directory?: string) {
  return {
    file: directory === undefined ? fileName(row) : join(directory, fileName(row)),
    year: row.year,
    class: row.class,
    volume: row.number,
    pages: row.pages,
    sheets: row.sheets,
    papers: row.papers,
    sha256: row.sha256,
  };
}

/** One volume of those that a class gives. */
async function oneOfYear(context: QueryContext, year: number, dossierClass: number, volume: number) {
  const all = await planVolumes(context, year, dossierClass);
  const planned = all.find((candidate) => candidate.volume === volume);
  if (planned === undefined) throw new AppError('NOTHING_TO_BIND', { params: { year, class: dossierClass } });
  return { planned, inClass: all.length };
}

export const bindingHandlers: HandlersOf<'binding.preview' | 'binding.bind' | 'volumes.list' | 'volumes.open'> = {
  'binding.preview': {
    phase: 'query',
    async run(context, { year, class: dossierClass, volume }) {
      const { planned, inClass } = await oneOfYear(context, year, dossierClass, volume);
      context.note({ object: `volume:${volumeCode('', planned)}` });
      const { set, pdf } = await setVolume(context, planned, Math.max(inClass, volume), async ({ customers }) =>
        keptOfCustomers(
          context.sql,
          year,
          dossierClass,
          customers.map(({ number }) => number),
        ),
      );
      const document = context.shelf.put({
        name: fileName({ year, class: dossierClass, number: volume }),
        mediaType: 'application/pdf',
        bytes: pdf,
      });
      return {
        document,
        pages: set.printed.pages,
        bytes: pdf.length,
        missingGlyphs: [...new Set(set.printed.missingGlyphs.map((glyph) => glyph.codePoint))],
      };
    },
  },
  'binding.bind': {
    phase: 'job',
    async run(context, { year, class: onlyClass, directory, explanation, dryRun }) {
      const planned = await planVolumes(context, year, onlyClass);
      if (planned.length === 0) throw new AppError('NOTHING_TO_BIND', { params: { year, class: onlyClass ?? 0 } });
      context.note({
        object: `year:${year}`,
        data: { class: onlyClass ?? 0, volumes: planned.length, dryRun: dryRun ? 1 : 0 },
      });
      // The folder must take files before hours of typesetting, not after.
      if (directory !== undefined && !dryRun) await requireRoom(directory, 0);
      const explaining = await requireClean(context, year, onlyClass, explanation, dryRun);
      const findings: FindingsOf = (volume) => findingsBound(context, year, volume, explaining);
      if (dryRun) {
        const set = await setAll(context, planned, findings, async () => undefined);
        return {
          volumes: set.map(
            ({ planned: { year: of, class: dossierClass, volume }, printed, planned: { papers }, sha256 }) => ({
              file: fileName({ year: of, class: dossierClass, number: volume }),
              year: of,
              class: dossierClass,
              volume,
              pages: printed.pages,
              sheets: printed.sheets,
              papers: papers.ids.length,
              sha256,
            }),
          ),
          auditHead: context.archive.audit.head().chain,
          dryRun,
        };
      }
      const sealed: SealedFile[] = [];
      let durable = false;
      const unseal = async () => {
        for (const file of sealed) await removeSealed(context.archive.directory, file.id);
      };
      try {
        const set = await setAll(context, planned, findings, async (pdf) => {
          sealed.push(
            await seal(context.archive.directory, pdf, { random: context.random, maximumBytes: LARGEST_VOLUME }),
          );
        });
        const total = set.reduce((sum, volume) => sum + volume.bytes, 0);
        if (directory !== undefined) await requireRoom(directory, total);
        const rows = await context.transaction(async (change) => {
          change.progress({ phase: 'writing', done: 0, total: set.length });
          if (!samePlan(await planVolumes(change, year, onlyClass), planned))
            throw new AppError('CONFLICT', { params: { what: 'binding', number: year } });
          const survey = await lookAtYear(change, year, (looked) => looked);
          await keepFindings(change, survey, explaining);
          const fixed: VolumeRow[] = [];
          for (const [index, volume] of set.entries()) {
            const file = sealed[index];
            if (file === undefined) throw new AppError('INTERNAL');
            fixed.push(fixVolume(change, volume, file));
            await turn();
          }
          change.note({ data: { sha256: fixed.map((row) => row.sha256) } });
          change.afterCommit(() => {
            durable = true;
          });
          if (directory !== undefined)
            change.afterCommit(async () => {
              for (const [index, row] of fixed.entries()) {
                const file = sealed[index];
                if (file === undefined) throw new AppError('INTERNAL');
                const pdf = await openSealed(context.archive.directory, file, row.code);
                await replaceDurably(join(directory, fileName(row)), pdf);
              }
              const manifest = {
                year,
                auditHead: context.archive.audit.head().chain,
                volumes: fixed.map((row) => ({ ...shownVolume(row), code: row.code, fingerprint: row.fingerprint })),
              };
              await replaceDurably(join(directory, `manifest-${year}.json`), `${JSON.stringify(manifest, null, 2)}\n`);
            });
          return fixed;
        });
        return {
          volumes: rows.map((row) => shownVolume(row, directory)),
          auditHead: context.archive.audit.head().chain,
          dryRun,
        };
      } catch (thrown) {
        if (!durable) await unseal();
        throw thrown;
      }
    },
  },
  'volumes.list': {
    phase: 'query',
    run({ sql }, { year, offset, limit }) {
      const { rows, total } = listVolumes(sql, year, offset, limit);
      const destroyed = destroyedVolumes(sql);
      const supplements = supplementCounts(sql);
      return {
        total,
        volumes: rows.map((row) => ({
          id: row.id,
          year: row.year,
          class: row.class,
          volume: row.number,
          code: row.code,
          title: row.title,
          papers: row.papers,
          customers: row.customers,
          pages: row.pages,
          sheets: row.sheets,
          spineMillimetres: row.spine_millimetres,
          retention: row.retention,
          sha256: row.sha256,
          boundAt: row.bound_at,
          boundBy: row.bound_by,
          auditHead: row.audit_head,
          file: fileName(row),
          missingGlyphs: JSON.parse(row.missing_glyphs) as string[],
          destroyedIn: destroyed.get(row.id) ?? null,
          supplements: supplements.get(row.id) ?? 0,
        })),
      };
    },
  },
  'volumes.open': {
    phase: 'query',
    async run(context, { id }) {
      const row = findVolume(context.sql, id);
      const attachment = row === undefined ? undefined : findAttachment(context.sql, row.attachment_id);
      if (row === undefined || attachment === undefined)
        throw new AppError('NOT_FOUND', {
          params: { what: 'volume', number: row?.code ?? id },
          ...(row === undefined ? {} : { hint: 'hint.destroyed' }),
        });
      context.note({ object: `volume:${row.code}` });
      const bytes = await readSealed(context.archive, attachment, row.code);
      const document = context.shelf.put({ name: fileName(row), mediaType: 'application/pdf', bytes });
      return { document, pages: row.pages, bytes: bytes.length, name: fileName(row) };
    },
  },
};
