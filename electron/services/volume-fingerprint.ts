import { createHash } from 'node:crypto';
import { parseReferenceCode } from '../../shared/domain/reference-code.ts';
import { attachmentsOfPaper, findAttachment } from '../store/attachments.ts';
import { destroyedScans, destroyedVolumes } from '../store/disposals.ts';
import { type PaperView, papersOfVolume } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { allVolumes } from '../store/volumes.ts';
import { canonicalJson } from '../vault/canonical-json.ts';

/** What a fixed volume holds, as one hash on its colophon (Y2): a paper or a scan that changes afterwards gives another one. */

type FixedPaper = Pick<PaperView, 'id' | 'type' | 'title' | 'date' | 'pages'> & {
  /** As it stands in the volume: it names the customer too. */
  readonly code: string;
};

export interface VolumeHead {
  readonly year: number;
  readonly class: number;
  readonly volume: number;
}

/** Fingerprints of a paper's scans, also when they have been destroyed. */
function hashesOf(sql: Reader, id: number): string[] {
  const present = attachmentsOfPaper(sql, id).map((row) => row.sha256_plain);
  return present.length > 0 ? present : destroyedScans(sql, id);
}

/** SHA-256 (hex) over the papers in the order of the volume, with the hashes of their scans. */
export function volumeFingerprint(sql: Reader, head: VolumeHead, papers: readonly FixedPaper[]): string {
  const content = {
    year: head.year,
    class: head.class,
    volume: head.volume,
    papers: papers.map(({ id, code, type, title, date, pages }) => ({
      code,
      customer: parseReferenceCode(code)?.customerNumber ?? '',
      type,
      title,
      date: date ?? '',
      pages,
      scans: hashesOf(sql, id),
    })),
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

const itemOf = (code: string): number => {
  const parsed = parseReferenceCode(code);
  return parsed?.kind === 'bound' ? parsed.item : 0;
};

/** Codes of the fixed volumes whose papers, scans or printed PDF are no longer what was bound. */
export function changedVolumes(sql: Reader): { readonly changed: string[]; readonly total: number } {
  const volumes = allVolumes(sql);
  const destroyed = destroyedVolumes(sql);
  const changed = volumes.filter((volume) => {
    const papers = papersOfVolume(sql, volume.id).toSorted((a, b) => itemOf(a.code) - itemOf(b.code));
    const head = { year: volume.year, class: volume.class, volume: volume.number };
    return (
      papers.length !== volume.papers ||
      volumeFingerprint(sql, head, papers) !== volume.fingerprint ||
      // The print of a destroyed volume is gone; its catalogue still has to be the one that was bound.
      (!destroyed.has(volume.id) && findAttachment(sql, volume.attachment_id)?.sha256_plain !== volume.sha256)
    );
  });
  return { changed: changed.map(({ code }) => code), total: volumes.length };
}
