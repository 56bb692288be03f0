import type { PrintCommon } from '../print/print-data.ts';
import type { CommandContext } from './context.ts';
import { readSettings } from './settings.ts';

/** Rows of a printed list: a thousand sheets, which take a minute to set. A longer list says how much of it is there. */
export const MOST_LISTED = 20_000;

/** What every print of this command carries (R69): whose stationery it is, who printed it, when, and its log entry. */
export function printCommon(context: CommandContext): PrintCommon {
  const settings = readSettings(context.sql);
  return {
    institution: settings.institution === '' ? context.archive.name : settings.institution,
    language: settings.printLanguage,
    profile: settings.pageNumberCorner === 'upper' ? 'mainland' : 'taiwan',
    printedBy: context.actor.displayName,
    printedAt: context.clock.now().toISOString(),
    auditSequence: context.auditSequence,
    practice: context.archive.practice,
    ...(context.paging === undefined ? {} : { paging: context.paging }),
  };
}
