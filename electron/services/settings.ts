import { type ArchiveSettings, archiveSettings } from '../../shared/contract/archive.ts';
import { DEFAULT_COPY_DAYS, DEFAULT_ROUND_MONTHS } from '../../shared/domain/issued-copies.ts';
import { DEFAULT_LENDING_RULES } from '../../shared/domain/lending-rules.ts';
import { DEFAULT_REPORT_HOUR } from '../../shared/domain/reporting-duty.ts';
import { DEFAULT_WEEKEND } from '../../shared/domain/working-days.ts';
import { readInfo, writeInfo } from '../store/archive-records.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';

const DEFAULT_LENDING_SETTINGS: ArchiveSettings['lending'] = structuredClone(
  DEFAULT_LENDING_RULES,
) as ArchiveSettings['lending'];

export const DEFAULT_SETTINGS: ArchiveSettings = {
  institution: '',
  fonds: '',
  enterprisePattern: 'E{seq:6}',
  individualPattern: 'P{seq:6}',
  latenessHours: 24,
  revisionMonths: 2,
  expiryNoticeDays: 30,
  backupDays: 7,
  checkpointDays: 7,
  idleLockSeconds: 300,
  lookupMinutes: 15,
  copyDaysSalesperson: DEFAULT_COPY_DAYS.salesperson,
  copyDaysService: DEFAULT_COPY_DAYS.customerService,
  recoveryRoundMonths: DEFAULT_ROUND_MONTHS,
  pageNumberCorner: 'lower',
  sheetMicrometres: 104,
  scanFolder: '',
  scanFolderRemoves: false,
  ocr: false,
  ocrLanguages: ['chi_tra', 'eng'],
  rocCalendar: false,
  printLanguage: 'zh-Hant',
  dailyReportHour: DEFAULT_REPORT_HOUR,
  weekend: [...DEFAULT_WEEKEND],
  periodicClass: 'third',
  lending: DEFAULT_LENDING_SETTINGS,
  waitingHour: false,
};

/** What was parsed last: every row of an import asks for the settings. */
let parsed: { readonly text: string; readonly settings: ArchiveSettings } | undefined;

/** Settings of the archive; what was never set has its default. */
export function readSettings(sql: Reader): ArchiveSettings {
  const text = readInfo(sql, 'settings') ?? '{}';
  if (parsed?.text !== text) {
    const stored: unknown = JSON.parse(text);
    const given = typeof stored === 'object' ? stored : {};
    parsed = { text, settings: Object.freeze(archiveSettings.parse({ ...DEFAULT_SETTINGS, ...given })) };
  }
  return parsed.settings;
}

/** What is settled when an archive is made. */
export interface FirstSettings {
  readonly name: string;
  /** What a keeper alone may not do at once is announced an hour before (§15). */
  readonly waitingHour: boolean;
}
export const firstSettings = ({ name, waitingHour }: FirstSettings): ArchiveSettings => ({
  ...DEFAULT_SETTINGS,
  institution: name,
  waitingHour,
});

export function writeSettings(sql: Writer, settings: ArchiveSettings): void {
  writeInfo(sql, 'settings', JSON.stringify(settings));
}

export const settingsHandlers: HandlersOf<'settings.get' | 'settings.update'> = {
  'settings.get': { phase: 'query', run: ({ sql }) => readSettings(sql) },
  'settings.update': {
    phase: 'command',
    run(context, change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = archiveSettings.parse({ ...readSettings(context.sql), ...given });
      writeSettings(context.sql, settings);
      context.note({ object: 'settings', data: { fields: Object.keys(given) } });
      return settings;
    },
  },
};
