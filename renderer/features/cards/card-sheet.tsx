import { IconChecks } from '@tabler/icons-react';
import { type CSSProperties, type Dispatch, memo, useMemo, useRef } from 'react';
import type { Card } from '../../../shared/contract/customers.ts';
import { type CardKind, cardForm, sectionLabelKey } from '../../../shared/domain/form-fields.ts';
import { isAsked } from '../../../shared/domain/forms/card-completeness.ts';
import type { CardValues, FormSection } from '../../../shared/domain/forms/field.ts';
import { DEFAULT_REVIEW_MONTHS } from '../../../shared/domain/staleness.ts';
import { Button } from '../../ui/actions/button.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { useTurns } from '../../ui/fields/use-turns.ts';
import { isWide } from '../../ui/fields/value-text.ts';
import { CardCell } from './card-cell.tsx';
import { shownValue } from './card-edits.ts';
import { type CardFindings, findingsOf } from './card-findings.ts';
import { type CardForm, type CardFormAction, formValues } from './card-form.ts';
import styles from './sheet.module.css';

interface CardSheetProps {
  readonly kind: CardKind;
  readonly card: Card | null;
  readonly form: CardForm;
  readonly dispatch: Dispatch<CardFormAction>;
  readonly editing: boolean;
  readonly findings: CardFindings;
  readonly words: FieldWords;
  readonly now: Date;
  /** Months after which a fact is old (M1). */
  readonly months?: number;
  /** Open remarks of the supervisor by field. */
  readonly remarks?: Readonly<Record<string, string>>;
  /** Null for readers who may change nothing. */
  readonly onEdit: ((path: string) => void) | null;
  readonly onHistory: (field: string) => void;
}

/** The card as the paper form has it (C1, C2): sections in their order, two columns, label left, value right. */
export const CardSheet = memo(function CardSheet(props: CardSheetProps) {
  const { kind, form, findings } = props;
  const values = useMemo(() => formValues(form) as CardValues, [form]);
  const missing = useMemo(() => new Set(findings.missing.map((path) => path.split('.')[0])), [findings.missing]);
  const { sections } = cardForm(kind, props.words.forms);
  const parts = useMemo(() => sections.map((section) => section.key), [sections]);
  const sheet = useRef<HTMLDivElement>(null);
  const states = useTurns(
    sheet,
    props.editing ? 'editing' : 'reading',
    parts,
    useMemo(() => firstParts(sections), [sections]),
  );
  return (
    <div className={styles.sheet} ref={sheet}>
      {sections.map((section) => (
        <SheetSection
          key={section.key}
          section={section}
          values={values}
          missing={missing}
          {...props}
          state={states[section.key]}
        />
      ))}
    </div>
  );
});

/** What stands above the form: the bar of the desk, the card's head, its tabs. */
const ABOVE = 360;

/** The sections that are in sight when a card is opened. */
function firstParts(sections: readonly FormSection[]): readonly string[] {
  let top = ABOVE;
  return sections.flatMap((section) => {
    const begins = top;
    top += roughHeight(section.fields);
    return begins < window.innerHeight ? [section.key] : [];
  });
}

const NO_RAW: Readonly<Record<string, string>> = {};

/** The texts of one field; the same empty object for the many that have none, so that they are not drawn again. */
function rawOf(raw: CardForm['raw'], key: string): Readonly<Record<string, string>> {
  const own = Object.entries(raw).filter(([path]) => path === key || path.startsWith(`${key}.`));
  return own.length === 0 ? NO_RAW : Object.fromEntries(own);
}

const HEAD_HEIGHT = 45;
const LINE_HEIGHT = 36;
const LIST_HEIGHT = 110;

/** What a section takes of the page, before it has been laid out: two fields in a line, wide ones and lists alone. */
function roughHeight(fields: FormSection['fields']): number {
  const alone = fields.filter(isWide).length;
  const lists = fields.filter((field) => field.type === 'list').length;
  return HEAD_HEIGHT + Math.ceil((fields.length - alone) / 2 + alone - lists) * LINE_HEIGHT + lists * LIST_HEIGHT;
}

interface SheetSectionProps extends CardSheetProps {
  readonly section: FormSection;
  readonly values: CardValues;
  readonly missing: ReadonlySet<string | undefined>;
  /** What it shows by now; nothing but its heading until its turn has come. */
  readonly state: 'reading' | 'editing' | undefined;
}

function SheetSection({ section, values, missing, state, ...sheet }: SheetSectionProps) {
  const { kind, card, form, dispatch, findings, words, onEdit } = sheet;
  const editing = state === 'editing';
  const { t } = words;
  const masked = card?.masked ?? [];
  // What the keeper has hidden is shown only where the card has it.
  const fields = section.fields.filter(
    (field) => field.hidden !== true || !isEmptyValue(shownValue(form.edits, form.base, field.key)),
  );
  if (fields.length === 0) return null;
  const confirmable = section.fields
    .filter(
      (field) =>
        field.computed !== true && !isEmptyValue(form.base[field.key]) && !Object.hasOwn(form.edits, field.key),
    )
    .map((field) => field.key);
  const allConfirmed = confirmable.length > 0 && confirmable.every((key) => form.confirmed.includes(key));
  return (
    <section
      className={styles.section}
      data-part={section.key}
      data-waiting={state === undefined || undefined}
      style={{ '--rough': `${roughHeight(fields)}px` } as CSSProperties}
      aria-labelledby={`card-section-${section.key}`}
    >
      <div className={styles.sectionHead}>
        <h3 id={`card-section-${section.key}`}>{t(sectionLabelKey(section.key))}</h3>
        {card !== null && onEdit !== null && confirmable.length > 0 && (
          <Button
            kind="link"
            icon={IconChecks}
            tabIndex={editing ? -1 : 0}
            aria-pressed={allConfirmed}
            onClick={() => dispatch({ type: 'confirm', keys: confirmable, on: !allConfirmed })}
          >
            {t(allConfirmed ? 'cards.section.unconfirm' : 'cards.section.confirm')}
          </Button>
        )}
      </div>
      <div className={styles.grid}>
        {(state === undefined ? [] : fields).map((field) => (
          <CardCell
            key={field.key}
            kind={kind}
            field={field}
            value={shownValue(form.edits, form.base, field.key)}
            edited={Object.hasOwn(form.edits, field.key)}
            confirmedNow={form.confirmed.includes(field.key)}
            confirmation={card?.confirmations[field.key]}
            raw={rawOf(form.raw, field.key)}
            isNew={card === null}
            missing={missing.has(field.key)}
            asked={isAsked(field, values)}
            masked={masked.includes(field.key)}
            errors={findingsOf(findings.errors, field.key)}
            warnings={findingsOf(findings.warnings, field.key)}
            dispatch={dispatch}
            editing={editing}
            words={words}
            now={sheet.now}
            months={sheet.months ?? DEFAULT_REVIEW_MONTHS}
            remark={sheet.remarks?.[field.key]}
            onEdit={onEdit}
            onHistory={sheet.onHistory}
          />
        ))}
      </div>
    </section>
  );
}
