import { yearsOfPapers } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { type PlannedBinding, planVolumesInTurns, volumeRetention } from './volume-content.ts';

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
    async run(context, { year, class: onlyClass }) {
      const { sql } = context;
      const planned = await planVolumesInTurns(context, year, onlyClass);
      return { volumes: planned.map((volume) => proposalOf(sql, volume)), years: yearsOfPapers(sql) };
    },
  },
};
