import { setImmediate as turn } from 'node:timers/promises';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { findCustomerById } from '../store/customers.ts';
import { type PaperView, papersToBind, yearsOfPapers } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { missingOf } from './paper-record.ts';
import { recordText } from './record-texts.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';
import { type PlannedBinding, planVolumes, volumeRetention } from './volume-content.ts';

/** Which volumes a year gives, and what should be looked at first (Y1). */

/** How many concerns a plan names. */
const NAMED_CONCERNS = 500;
/** Customers between two turns of the event loop. */
const CUSTOMERS_PER_TURN = 50;

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
    async run({ sql, clock, signal }, { year, class: onlyClass }) {
      const today = todayOf(clock);
      const planned: PlannedBinding[] = [];
      const loose: PaperView[] = [];
      for (const dossierClass of DOSSIER_CLASSES) {
        if (onlyClass !== undefined && dossierClass !== onlyClass) continue;
        const papers = papersToBind(sql, year, dossierClass);
        for (const paper of papers) loose.push(paper);
        await turn();
        signal.throwIfAborted();
        planned.push(...planVolumes(sql, year, dossierClass, () => papers));
        await turn();
      }
      const lent = loose
        .filter((paper) => paper.state === 'lent')
        .map((paper) => ({
          concern: 'openLoan' as const,
          number: paper.code,
          title: paper.title,
          detail: `${paper.loan_borrower ?? ''} ${paper.loan_due ?? ''}`,
        }));
      const undated = loose
        .filter((paper) => paper.date === null)
        .map((paper) => ({ concern: 'withoutDate' as const, number: paper.code, title: paper.title, detail: '' }));
      const seen = new Map<string, string>();
      const doubles = loose.flatMap((paper) => {
        const key = `${paper.customer_id}|${paper.type}|${paper.document_number}|${paper.date}`;
        const first = seen.get(key);
        seen.set(key, first ?? paper.code);
        return first === undefined || paper.document_number === ''
          ? []
          : [{ concern: 'duplicate' as const, number: paper.code, title: paper.title, detail: first }];
      });
      const concerns: OutputOf<'binding.plan'>['concerns'] = [...lent, ...doubles, ...undated];
      const customers = [...new Set(loose.map((paper) => paper.customer_id))];
      for (const [index, id] of customers.entries()) {
        if (concerns.length >= NAMED_CONCERNS) break;
        if (index % CUSTOMERS_PER_TURN === 0) await turn();
        const customer = findCustomerById(sql, id);
        if (customer === undefined) continue;
        for (const gap of missingOf(sql, customer, today))
          if (onlyClass === undefined || gap.class === onlyClass)
            concerns.push({
              concern: 'missingPaper',
              number: customer.number,
              title: customer.name,
              detail: gap.exportOrder === undefined ? gap.type : `${gap.type}:${gap.exportOrder}`,
            });
      }
      return {
        volumes: planned.map((volume) => proposalOf(sql, volume)),
        concerns: concerns.slice(0, NAMED_CONCERNS),
        years: yearsOfPapers(sql),
      };
    },
  },
};
