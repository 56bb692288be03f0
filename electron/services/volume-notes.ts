import type { KeptFinding } from '../../shared/domain/archive-year.ts';
import type { VolumeNote } from '../print/print-data.ts';
import type { NotedAct } from '../store/papers.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { dayOf } from './today.ts';

/** Lines of the notes sheet (備考表, forms-and-standards §7.4). */

/** Words of what a finding says in detail: document types, a misfiling's reason with the other paper's code; else as it is. */
export function findingDetail(
  word: (key: string) => string,
  finding: { readonly kind: string; readonly detail: string },
): string {
  if (finding.kind === 'missingPaper' || finding.kind === 'exportSet')
    return finding.detail
      .split(',')
      .map((type) => word(`documentType.${type}`))
      .join(word('binding.and'));
  if (finding.kind !== 'misfiled') return finding.detail;
  const [reason = '', ...other] = finding.detail.split(':');
  return [word(`misfiling.${reason}`), ...other].join(' ');
}

/** What the cleaning of the year found among the customers of a volume, and why it was left or that it was settled. */
export function closingNotes(
  language: PaperLanguage,
  volume: { readonly class: number; readonly customers: ReadonlySet<string> },
  findings: readonly KeptFinding[],
): readonly VolumeNote[] {
  const word = (key: string) => recordText(language, key);
  return findings.flatMap((finding) => {
    if (finding.class !== volume.class || !volume.customers.has(finding.customer) || finding.at === null) return [];
    const text = word(finding.reason === '' ? 'yearNote.settled' : 'yearNote.explained')
      .replace('{{kind}}', word(`yearFinding.${finding.kind}`))
      .replace('{{subject}}', `${finding.subject} ${finding.title}`)
      .replace('{{detail}}', findingDetail(word, finding))
      .replace('{{reason}}', finding.reason);
    return [{ date: dayOf(new Date(finding.at)), text, by: finding.by }];
  });
}

/** Lines for papers that were taken out, superseded, put back or refiled while the year was loose (D7). */
export function custodyNotes(
  language: PaperLanguage,
  customers: ReadonlySet<string>,
  acts: readonly NotedAct[],
): readonly VolumeNote[] {
  return acts
    .filter((act) => customers.has(act.customer))
    .map((act) => ({
      date: dayOf(new Date(act.at)),
      text: actText(language, act),
      by: act.by,
    }));
}

/** What was done with a paper, in one line. */
export function actText(language: PaperLanguage, act: NotedAct): string {
  return recordText(language, 'yearNote.act')
    .replace('{{act}}', recordText(language, `noteAct.${act.act}`))
    .replace('{{subject}}', `${act.code} ${act.title}`)
    .replace('{{reason}}', act.reason);
}
