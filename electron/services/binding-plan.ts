import { setImmediate as turn } from 'node:timers/promises';
import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { yearsOfPapers } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { type PlannedBinding, planVolumes, volumeRetention } from './volume-content.ts';

/** Which volumes a year gives (Y1). */

function volumeTitle(sql: Reader, planned: PlannedBinding): string {
  const language = readSettings(sql).printLanguage;
  return recordText(language, 'volume.title')
    .replace('{{year}}', String(planned.year))
    .replace('{{class}}', recordText(language, `dossierClass.${planned.class}`))
    .replace('{{volume}}', String(planned.volume));
}

/** A planned volume as it is proposed before it is set. */
export function proposalOf(sql: Reader, planned: PlannedBinding) {
  return {
    year: planned.year,
    class: planned.class,
    volume: planned.volume,
    title: volumeTitle(sql, planned),
    papers: planned.papers.length,
    customers: new Set(planned.papers.map((paper) => paper.customer_id)).size,
    pages: planned.pages,
    sheets: planned.sheets,
    spineMillimetres: planned.spineMillimetres,
    retention: volumeRetention(planned),
  };
}

export const bindingPlanHandlers: HandlersOf<'binding.plan'> = {
  'binding.plan': {
    phase: 'query',
    async run({ sql, signal }, { year, class: onlyClass }) {
      const planned: PlannedBinding[] = [];
      for (const dossierClass of DOSSIER_CLASSES) {
        if (onlyClass !== undefined && dossierClass !== onlyClass) continue;
        planned.push(...planVolumes(sql, year, dossierClass));
        await turn();
        signal.throwIfAborted();
      }
      return { volumes: planned.map((volume) => proposalOf(sql, volume)), years: yearsOfPapers(sql) };
    },
  },
};
