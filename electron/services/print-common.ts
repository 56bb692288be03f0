import type { PrintCommon } from '../print/print-data.ts';
import type { CommandContext } from './context.ts';
import { readSettings } from './settings.ts';

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
