import { yearsOfCode } from '../../shared/domain/retention.ts';
import agreementsEn from '../../shared/i18n/en/agreements.json' with { type: 'json' };
import analysisEn from '../../shared/i18n/en/analysis.json' with { type: 'json' };
import archiveYearEn from '../../shared/i18n/en/archive-year.json' with { type: 'json' };
import auditEn from '../../shared/i18n/en/audit.json' with { type: 'json' };
import backupsEn from '../../shared/i18n/en/backups.json' with { type: 'json' };
import bagEn from '../../shared/i18n/en/bag.json' with { type: 'json' };
import cardsEn from '../../shared/i18n/en/cards.json' with { type: 'json' };
import copiesEn from '../../shared/i18n/en/copies.json' with { type: 'json' };
import creditEn from '../../shared/i18n/en/credit.json' with { type: 'json' };
import domainEn from '../../shared/i18n/en/domain.json' with { type: 'json' };
import dossiersEn from '../../shared/i18n/en/dossiers.json' with { type: 'json' };
import dutiesEn from '../../shared/i18n/en/duties.json' with { type: 'json' };
import fieldsEn from '../../shared/i18n/en/fields.json' with { type: 'json' };
import fixityEn from '../../shared/i18n/en/fixity.json' with { type: 'json' };
import handoverEn from '../../shared/i18n/en/handover.json' with { type: 'json' };
import listsEn from '../../shared/i18n/en/lists.json' with { type: 'json' };
import loansEn from '../../shared/i18n/en/loans.json' with { type: 'json' };
import lookupEn from '../../shared/i18n/en/lookup.json' with { type: 'json' };
import manualEn from '../../shared/i18n/en/manual.json' with { type: 'json' };
import recordsEn from '../../shared/i18n/en/records.json' with { type: 'json' };
import revisionEn from '../../shared/i18n/en/revision.json' with { type: 'json' };
import supervisionEn from '../../shared/i18n/en/supervision.json' with { type: 'json' };
import visitsEn from '../../shared/i18n/en/visits.json' with { type: 'json' };
import agreementsHans from '../../shared/i18n/zh-Hans/agreements.json' with { type: 'json' };
import analysisHans from '../../shared/i18n/zh-Hans/analysis.json' with { type: 'json' };
import archiveYearHans from '../../shared/i18n/zh-Hans/archive-year.json' with { type: 'json' };
import auditHans from '../../shared/i18n/zh-Hans/audit.json' with { type: 'json' };
import backupsHans from '../../shared/i18n/zh-Hans/backups.json' with { type: 'json' };
import bagHans from '../../shared/i18n/zh-Hans/bag.json' with { type: 'json' };
import cardsHans from '../../shared/i18n/zh-Hans/cards.json' with { type: 'json' };
import copiesHans from '../../shared/i18n/zh-Hans/copies.json' with { type: 'json' };
import creditHans from '../../shared/i18n/zh-Hans/credit.json' with { type: 'json' };
import domainHans from '../../shared/i18n/zh-Hans/domain.json' with { type: 'json' };
import dossiersHans from '../../shared/i18n/zh-Hans/dossiers.json' with { type: 'json' };
import dutiesHans from '../../shared/i18n/zh-Hans/duties.json' with { type: 'json' };
import fieldsHans from '../../shared/i18n/zh-Hans/fields.json' with { type: 'json' };
import fixityHans from '../../shared/i18n/zh-Hans/fixity.json' with { type: 'json' };
import handoverHans from '../../shared/i18n/zh-Hans/handover.json' with { type: 'json' };
import listsHans from '../../shared/i18n/zh-Hans/lists.json' with { type: 'json' };
import loansHans from '../../shared/i18n/zh-Hans/loans.json' with { type: 'json' };
import lookupHans from '../../shared/i18n/zh-Hans/lookup.json' with { type: 'json' };
import manualHans from '../../shared/i18n/zh-Hans/manual.json' with { type: 'json' };
import recordsHans from '../../shared/i18n/zh-Hans/records.json' with { type: 'json' };
import revisionHans from '../../shared/i18n/zh-Hans/revision.json' with { type: 'json' };
import supervisionHans from '../../shared/i18n/zh-Hans/supervision.json' with { type: 'json' };
import visitsHans from '../../shared/i18n/zh-Hans/visits.json' with { type: 'json' };
import agreementsHant from '../../shared/i18n/zh-Hant/agreements.json' with { type: 'json' };
import analysisHant from '../../shared/i18n/zh-Hant/analysis.json' with { type: 'json' };
import archiveYearHant from '../../shared/i18n/zh-Hant/archive-year.json' with { type: 'json' };
import auditHant from '../../shared/i18n/zh-Hant/audit.json' with { type: 'json' };
import backupsHant from '../../shared/i18n/zh-Hant/backups.json' with { type: 'json' };
import bagHant from '../../shared/i18n/zh-Hant/bag.json' with { type: 'json' };
import cardsHant from '../../shared/i18n/zh-Hant/cards.json' with { type: 'json' };
import copiesHant from '../../shared/i18n/zh-Hant/copies.json' with { type: 'json' };
import creditHant from '../../shared/i18n/zh-Hant/credit.json' with { type: 'json' };
import domainHant from '../../shared/i18n/zh-Hant/domain.json' with { type: 'json' };
import dossiersHant from '../../shared/i18n/zh-Hant/dossiers.json' with { type: 'json' };
import dutiesHant from '../../shared/i18n/zh-Hant/duties.json' with { type: 'json' };
import fieldsHant from '../../shared/i18n/zh-Hant/fields.json' with { type: 'json' };
import fixityHant from '../../shared/i18n/zh-Hant/fixity.json' with { type: 'json' };
import handoverHant from '../../shared/i18n/zh-Hant/handover.json' with { type: 'json' };
import listsHant from '../../shared/i18n/zh-Hant/lists.json' with { type: 'json' };
import loansHant from '../../shared/i18n/zh-Hant/loans.json' with { type: 'json' };
import lookupHant from '../../shared/i18n/zh-Hant/lookup.json' with { type: 'json' };
import manualHant from '../../shared/i18n/zh-Hant/manual.json' with { type: 'json' };
import recordsHant from '../../shared/i18n/zh-Hant/records.json' with { type: 'json' };
import revisionHant from '../../shared/i18n/zh-Hant/revision.json' with { type: 'json' };
import supervisionHant from '../../shared/i18n/zh-Hant/supervision.json' with { type: 'json' };
import visitsHant from '../../shared/i18n/zh-Hant/visits.json' with { type: 'json' };
import { pluralKey } from '../../shared/util/plural-key.ts';

/** Words of records for paper: labels of fields, options, document types. Screens have the same catalogues. */
const TEXTS: Readonly<Record<'zh-Hant' | 'zh-Hans' | 'en', Readonly<Record<string, string>>>> = {
  'zh-Hant': {
    ...agreementsHant,
    ...analysisHant,
    ...auditHant,
    ...backupsHant,
    ...fixityHant,
    ...revisionHant,
    ...archiveYearHant,
    ...bagHant,
    ...copiesHant,
    ...creditHant,
    ...dutiesHant,
    ...handoverHant,
    ...domainHant,
    ...fieldsHant,
    ...cardsHant,
    ...dossiersHant,
    ...loansHant,
    ...lookupHant,
    ...manualHant,
    ...listsHant,
    ...recordsHant,
    ...supervisionHant,
    ...visitsHant,
  },
  'zh-Hans': {
    ...agreementsHans,
    ...analysisHans,
    ...auditHans,
    ...backupsHans,
    ...fixityHans,
    ...revisionHans,
    ...archiveYearHans,
    ...bagHans,
    ...copiesHans,
    ...creditHans,
    ...dutiesHans,
    ...handoverHans,
    ...domainHans,
    ...fieldsHans,
    ...cardsHans,
    ...dossiersHans,
    ...loansHans,
    ...lookupHans,
    ...manualHans,
    ...listsHans,
    ...recordsHans,
    ...supervisionHans,
    ...visitsHans,
  },
  en: {
    ...agreementsEn,
    ...archiveYearEn,
    ...bagEn,
    ...copiesEn,
    ...creditEn,
    ...dutiesEn,
    ...handoverEn,
    ...analysisEn,
    ...auditEn,
    ...backupsEn,
    ...fixityEn,
    ...revisionEn,
    ...domainEn,
    ...fieldsEn,
    ...cardsEn,
    ...dossiersEn,
    ...loansEn,
    ...lookupEn,
    ...manualEn,
    ...listsEn,
    ...recordsEn,
    ...supervisionEn,
    ...visitsEn,
  },
};
export type PaperLanguage = keyof typeof TEXTS;

/** A retention code in words: `Y` permanent, `D30` thirty years; anything else as it stands. */
export function retentionWords(language: PaperLanguage, code: string): string {
  const years = yearsOfCode(code);
  if (years === undefined) return code;
  return years === null
    ? recordText(language, 'retention.permanent')
    : recordText(language, 'retention.years').replace('{{years}}', String(years));
}

/** The text of a key; the key itself when the catalogues have none (a check fails on that before release). */
export function recordText(language: PaperLanguage, key: string): string {
  return TEXTS[language][key] ?? key;
}

/** What an entry of the log records, in words; its type where it has none. */
export function actText(language: PaperLanguage, type: string): string {
  return TEXTS[language][`audit.type.${type}`] ?? type;
}

/** The text of a key with its `{{values}}` filled in. */
export function filledText(
  language: PaperLanguage,
  key: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{{${name}}}`, String(value)),
    recordText(
      language,
      pluralKey((form) => form in TEXTS[language], language, key, values['count']),
    ),
  );
}
