import { DOCUMENT_TYPES } from './document-types.ts';
import type { FieldValue } from './forms/field.ts';
import { type ValueWords, valueText } from './forms/value-text.ts';
import { yearsOfCode } from './retention.ts';

/** What a catalogue entry says of its paper (D8). */
export interface PaperToDescribe {
  readonly type: string;
  readonly documentNumber: string;
  readonly responsible: string;
  readonly date: string | null;
  readonly pages: number;
  readonly copies: number;
  readonly medium: string;
  readonly place: string;
  readonly exportOrder: string | null;
  readonly validUntil: string | null;
  readonly retention: string;
  readonly note: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly volume: {
    readonly year: number;
    readonly number: number;
    readonly fromPage: number;
    readonly toPage: number;
  } | null;
}

/** A retention code in words: `Y` permanent, `D30` thirty years; anything else as it stands. */
export function retentionText(code: string, t: ValueWords['t']): string {
  const years = yearsOfCode(code);
  if (years === undefined) return code;
  return years === null ? t('retention.permanent') : t('retention.years', { years });
}

/** The entry line by line, label and text, empty ones left out: the same in the binder's pane and on the command line. */
export function paperFacts(paper: PaperToDescribe, words: ValueWords): readonly (readonly [string, string])[] {
  const { t, formats } = words;
  const { volume } = paper;
  const extra = DOCUMENT_TYPES.find(({ key }) => key === paper.type)?.extraFields ?? [];
  const facts: readonly (readonly [string, string])[] = [
    [t('dossiers.field.documentNumber'), paper.documentNumber],
    [t('dossiers.field.responsible'), paper.responsible],
    [t('dossiers.field.date'), paper.date === null ? '' : formats.day(paper.date)],
    [
      t('dossiers.field.pages'),
      `${t('dossiers.pages', { count: paper.pages })} · ${t('dossiers.copies', { count: paper.copies })}`,
    ],
    [t('dossiers.field.medium'), t(`dossiers.medium.${paper.medium}`)],
    [
      t('dossiers.field.volume'),
      volume === null
        ? ''
        : t('dossiers.volumePages', {
            year: volume.year,
            number: volume.number,
            from: volume.fromPage,
            to: volume.toPage,
          }),
    ],
    [t('dossiers.field.place'), volume === null ? paper.place : ''],
    [t('dossiers.field.exportOrder'), paper.exportOrder ?? ''],
    [t('dossiers.field.validUntil'), paper.validUntil === null ? '' : formats.day(paper.validUntil)],
    [t('dossiers.field.retention'), retentionText(paper.retention, t)],
    ...extra.map(
      (field) =>
        [t(`documentField.${field.key}`), valueText(field, paper.extra[field.key] as FieldValue, words)] as const,
    ),
    [t('dossiers.field.note'), paper.note],
  ];
  return facts.filter(([, text]) => text !== '');
}
