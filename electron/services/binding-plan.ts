import { yearsOfPapers } from '../store/papers-to-bind.ts';
import type { HandlersOf } from './context.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { type PlannedBinding, planVolumes } from './volume-plan.ts';

/** Which volumes a year gives (Y1). */

function volumeTitle(language: PaperLanguage, planned: PlannedBinding): string {
  return recordText(language, 'volume.title')
    .replace('{{year}}', String(planned.year))
    .replace('{{class}}', recordText(language, `dossierClass.${planned.class}`))
    .replace('{{volume}}', String(planned.volume));
}

/** A planned volume as it is proposed before it is set. */
export function proposalOf(language: PaperLanguage, planned: PlannedBinding) {
  return {
    year: planned.year,
    class: planned.class,
    volume: planned.volume,
    title: volumeTitle(language, planned),
    papers: planned.papers.ids.length,
    customers: planned.customers,
    pages: planned.pages,
    sheets: planned.sheets,
    spineMillimetres: planned.spineMillimetres,
    retention: planned.retention,
  };
}

export const bindingPlanHandlers: HandlersOf<'binding.plan'> = {
  'binding.plan': {
    phase: 'query',
    async run(context, { year, class: onlyClass }) {
      const { sql } = context;
      const planned = await planVolumes(context, year, onlyClass);
      const language = readSettings(sql).printLanguage;
      return { volumes: planned.map((volume) => proposalOf(language, volume)), years: yearsOfPapers(sql) };
    },
  },
};
