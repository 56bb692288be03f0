import type { OutputOf } from '../../shared/contract/contract.ts';
import type { Supplement } from '../../shared/contract/supplements.ts';
import { brokenSupplement, supplementText } from '../../shared/domain/supplements.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { keptOfCustomers } from '../store/archive-years.ts';
import { insertPaperAct, notedActsOfVolume, papersOfVolume } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { insertSupplement, type SupplementView, supplementsOf } from '../store/supplements.ts';
import { allVolumes, findVolume, type VolumeRow } from '../store/volumes.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import type { HandlersOf } from './context.ts';
import { getPaper } from './paper-record.ts';
import { readSettings } from './settings.ts';
import { closingNotes, custodyNotes } from './volume-notes.ts';

/** Supplements to fixed volumes (Y2). */

const hash = (content: readonly (string | number)[]) => sha256Hex(canonicalJson([...content]));

const shown = (row: SupplementView): Supplement => ({
  number: row.number,
  kind: row.kind,
  paper: row.paper_code ?? '',
  added: row.added_code ?? '',
  text: row.text,
  reason: row.reason,
  at: row.at,
  by: row.by,
  sha256: row.sha256,
});

function getVolume(sql: Reader, id: number): VolumeRow {
  const volume = findVolume(sql, id);
  if (volume === undefined) throw new AppError('NOT_FOUND', { params: { what: 'volume', number: id } });
  return volume;
}

/** The lines of a volume's notes sheet: as it was closed, and since. */
export function notesOf(sql: Reader, volume: VolumeRow): OutputOf<'volumes.notes'> {
  const papers = papersOfVolume(sql, volume.id);
  const numbers = [...new Set(papers.map((paper) => paper.customer_number))];
  const customers = new Set(numbers);
  // What was explained after the volume was bound belongs to the volumes bound later.
  const findings = keptOfCustomers(sql, volume.year, volume.class, numbers).filter(
    (finding) => finding.at !== null && finding.at <= volume.bound_at,
  );
  const language = readSettings(sql).printLanguage;
  const acts = notedActsOfVolume(sql, volume.year, volume.class, [
    ...new Set(papers.map((paper) => paper.customer_id)),
  ]).filter((act) => act.at <= volume.bound_at);
  const closing = [
    ...custodyNotes(language, customers, acts),
    ...closingNotes(language, { class: volume.class, customers }, findings),
  ];
  return {
    code: volume.code,
    title: volume.title,
    closing: closing.map((line) => ({ ...line })),
    supplements: supplementsOf(sql, volume.id).map(shown),
  };
}

/** Codes of the volumes whose supplements no longer follow from each other. */
export function brokenSupplements(sql: Reader): string[] {
  return allVolumes(sql)
    .filter((volume) => {
      const lines = supplementsOf(sql, volume.id).map((row) => ({ ...row, paper: row.paper_code ?? '' }));
      return lines.length > 0 && brokenSupplement(volume.fingerprint, lines, hash) !== undefined;
    })
    .map(({ code }) => code);
}

export const supplementHandlers: HandlersOf<'volumes.notes' | 'volumes.supplement'> = {
  'volumes.notes': { phase: 'query', run: ({ sql }, { id }) => notesOf(sql, getVolume(sql, id)) },
  'volumes.supplement': {
    phase: 'command',
    run(context, { id, kind, paper, added, text, reason }) {
      const { sql, clock, actor } = context;
      const volume = getVolume(sql, id);
      context.note({ object: `volume:${volume.code}`, why: reason, data: { kind } });
      const about = paper.trim() === '' ? undefined : getPaper(sql, paper);
      if (about !== undefined && about.volume_id !== volume.id)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'paper', message: 'validation.notInVolume' }] });
      const loose = added.trim() === '' ? undefined : getPaper(sql, added);
      if (loose !== undefined && loose.volume_id === volume.id)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'added', message: 'validation.alreadyInVolume' }] });
      const before = supplementsOf(sql, volume.id);
      const at = clock.now().toISOString();
      const content = {
        number: before.length + 1,
        kind,
        paper: about?.code ?? '',
        text: text.trim(),
        reason: reason.trim(),
        at,
        by: actor.displayName,
      };
      const sha256 = hash(supplementText(before.at(-1)?.sha256 ?? volume.fingerprint, content));
      insertSupplement(sql, {
        volume_id: volume.id,
        number: content.number,
        kind,
        paper_id: about?.id ?? null,
        added_paper_id: loose?.id ?? null,
        text: content.text,
        reason: content.reason,
        at,
        by: content.by,
        sha256,
      });
      const act = { at, by: content.by, reason: content.reason, detail: `${volume.code} · ${content.text}` };
      for (const one of [about, loose])
        if (one !== undefined) insertPaperAct(sql, { ...act, paper_id: one.id, act: 'supplemented' });
      context.note({ data: { kind, number: content.number, sha256 } });
      const written = supplementsOf(sql, volume.id).at(-1);
      if (written === undefined) throw new AppError('INTERNAL');
      return shown(written);
    },
  },
};
