import type { Json } from '../../../shared/contract/common.ts';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { DEFAULT_SECURITY_LEVEL } from '../../../shared/domain/security-levels.ts';
import { isEmptyValue, sameValue } from '../../ui/fields/field-values.ts';
import type { NewPaperPreset } from './dossier-types.ts';
import { titleOfFile } from './scan-files.ts';

/** A catalogue entry as it is typed. */
export interface PaperValues {
  readonly type: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly responsible: string;
  readonly date: string | null;
  readonly pages: number | null;
  readonly copies: number | null;
  readonly original: boolean;
  readonly medium: Paper['medium'];
  readonly security: Paper['security'];
  readonly place: string;
  readonly note: string;
  readonly exportOrder: string | null;
  readonly validUntil: string | null;
  readonly extra: Readonly<Record<string, Json>>;
}

/** What the form starts with: a new entry by what is known of it, or the entry that is corrected. */
export function startValues(preset: NewPaperPreset, paper: Paper | null, lastPlace: string): PaperValues {
  if (paper !== null) {
    const {
      type,
      title,
      documentNumber,
      responsible,
      date,
      pages,
      copies,
      original,
      medium,
      security,
      place,
      note,
      exportOrder,
      validUntil,
      extra,
    } = paper;
    return {
      type,
      title,
      documentNumber,
      responsible,
      date,
      pages,
      copies,
      original,
      medium,
      security,
      place,
      note,
      exportOrder,
      validUntil,
      extra,
    };
  }
  const [file] = preset.files ?? [];
  return {
    type: preset.type ?? '',
    title: file === undefined ? '' : titleOfFile(file.name),
    documentNumber: '',
    responsible: '',
    date: null,
    pages: 1,
    copies: 1,
    original: false,
    medium: file === undefined ? 'paper' : 'scan',
    security: DEFAULT_SECURITY_LEVEL,
    place: lastPlace,
    note: '',
    exportOrder: preset.exportOrder ?? null,
    validUntil: null,
    extra: {},
  };
}

function filledExtra(extra: PaperValues['extra']): Record<string, Json> {
  return Object.fromEntries(Object.entries(extra).filter(([, value]) => !isEmptyValue(value)));
}

/** The command that files a new entry. */
export function filingOf(customer: string, values: PaperValues): InputOf<'dossiers.addPaper'> {
  const { pages, copies, extra, title, ...rest } = values;
  return { customer, ...rest, title: title.trim(), pages: pages ?? 0, copies: copies ?? 1, extra: filledExtra(extra) };
}

type Change = Omit<InputOf<'dossiers.changePaper'>, 'code' | 'revision' | 'reason'>;

/** Only what differs from the entry as it stands; empty when nothing does. */
export function changesOf(paper: Paper, values: PaperValues): Change {
  const before = startValues({ class: paper.class }, paper, '');
  const change: Record<string, Json> = {};
  for (const key of Object.keys(before) as (keyof PaperValues)[]) {
    if (key === 'extra') {
      const extra = filledExtra(values.extra);
      if (!sameValue(extra, filledExtra(before.extra))) change['extra'] = extra;
    } else if (before[key] !== values[key])
      change[key] =
        key === 'pages' ? (values.pages ?? 0) : key === 'copies' ? (values.copies ?? 1) : (values[key] as Json);
  }
  return change as Change;
}
