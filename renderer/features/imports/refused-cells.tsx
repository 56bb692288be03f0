import { IconArrowBackUp, IconCopy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { copyText } from '../../gateway/copying.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { useCardForms } from '../../ui/fields/use-card-forms.ts';
import { fieldErrorText } from '../../ui/states/error-text.ts';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { refusedFieldLabel } from './import-fields.ts';
import { type Correction, type ImportReport, refusedAsText, type TableRead } from './import-steps.ts';
import styles from './imports.module.css';
import { WholeRow } from './whole-row.tsx';

interface RefusedCellsProps {
  readonly read: TableRead;
  readonly report: ImportReport;
  readonly corrections: readonly Correction[];
  /** Null when the rows have been brought in: nothing is put right any more. */
  readonly onCorrect: ((corrections: readonly Correction[]) => void) | null;
}

interface RefusedLine {
  readonly key: string;
  readonly row: number;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  /** Column of the file, -1 when the cell is none of its cells. */
  readonly column: number;
}

/** Refused cells with the reason, each put right where it stands; beside them the whole row, its problem cells marked. */
export function RefusedCells({ read, report, corrections, onCorrect }: RefusedCellsProps) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const forms = useCardForms();
  const [editing, setEditing] = useState<string | null>(null);
  const [selected, setSelected] = useState(0);
  const correct = (changed: readonly Correction[]): void => {
    setEditing(null);
    if (changed.length === 0) return;
    const same = (one: Correction) => changed.some(({ row, column }) => one.row === row && one.column === column);
    onCorrect?.([...corrections.filter((one) => !same(one)), ...changed]);
  };
  const refused = useMemo<readonly RefusedLine[]>(
    () =>
      report.refused.map((row, index) => ({
        key: String(index),
        row: row.row,
        column: read.headings.indexOf(row.field),
        field: refusedFieldLabel(read.kind, row.field, texts, forms),
        value: row.value,
        reason: fieldErrorText(
          { path: row.field, message: row.message, params: { value: row.value, ...row.params } },
          texts,
        ),
      })),
    [report.refused, read.headings, read.kind, texts, forms],
  );
  const line = refused[Math.min(selected, refused.length - 1)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `correct` is made anew with these
  const columns = useMemo<readonly Column<RefusedLine>[]>(
    () => [
      {
        id: 'row',
        header: t('imports.report.row'),
        width: 72,
        align: 'end',
        cell: (one) => formats.number(one.row),
        text: (one) => String(one.row),
      },
      {
        id: 'field',
        header: t('imports.report.field'),
        width: 150,
        cell: (one) => one.field,
        text: (one) => one.field,
      },
      {
        id: 'value',
        header: t('imports.report.value'),
        width: 190,
        cell: (one) =>
          one.key === editing ? (
            <CellEditor
              label={t('imports.fix', { row: one.row, field: one.field })}
              value={one.value}
              onDone={(value) => correct(value === one.value ? [] : [{ row: one.row, column: one.column, value }])}
              onCancel={() => setEditing(null)}
            />
          ) : (
            <span className={styles.problem}>{one.value === '' ? t('imports.difference.nothing') : one.value}</span>
          ),
        text: (one) => one.value,
      },
      {
        id: 'reason',
        header: t('imports.report.expected'),
        width: 260,
        grow: true,
        cell: (one) => one.reason,
        text: (one) => one.reason,
      },
    ],
    [t, formats, editing, corrections, report],
  );
  const copy = (): void => {
    const text = refusedAsText(refused, [
      t('imports.report.row'),
      t('imports.report.field'),
      t('imports.report.value'),
      t('imports.report.expected'),
    ]);
    void copyText(text).then(() => toast(t('kit.copied')));
  };
  return (
    <section className={styles.refused} aria-label={t('imports.refusedRows')}>
      <header className={styles.refusedHead}>
        <h2>{t('imports.refusedRows')}</h2>
        <span className={styles.soft}>
          {report.refusedTotal > report.refused.length
            ? t('imports.refusedFirst', { shown: report.refused.length })
            : onCorrect === null
              ? ''
              : t('imports.fixHint')}
        </span>
        {corrections.length > 0 && onCorrect !== null && (
          <Button size="small" icon={IconArrowBackUp} onClick={() => onCorrect([])}>
            {t('imports.uncorrect', { count: corrections.length })}
          </Button>
        )}
        <Button size="small" icon={IconCopy} onClick={copy}>
          {t('imports.copyRefused')}
        </Button>
      </header>
      <div className={styles.refusedBox}>
        <div className={styles.refusedTable}>
          <DataTable
            id="import-refused"
            label={t('imports.refusedRows')}
            columns={columns}
            source={arraySource(refused)}
            rowKey={(one) => one.key}
            selectedKey={line?.key}
            onSelect={(one) => setSelected(Number(one.key))}
            onOpen={(one) => onCorrect !== null && one.column >= 0 && setEditing(one.key)}
            empty={null}
          />
        </div>
        {line !== undefined && (
          <WholeRow
            key={line.row}
            read={read}
            row={line.row}
            problems={new Set(refused.filter((one) => one.row === line.row).map((one) => one.column))}
            corrections={corrections}
            onCorrect={onCorrect === null ? null : correct}
          />
        )}
      </div>
    </section>
  );
}

/** A cell of the file put right where it stands: Enter keeps it, Escape gives it back. */
function CellEditor({
  label,
  value,
  onDone,
  onCancel,
}: {
  readonly label: string;
  readonly value: string;
  readonly onDone: (value: string) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState(value);
  return (
    <input
      className={styles.cellEditor}
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this cell
      autoFocus
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={onCancel}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'Enter') onDone(text);
        else if (event.key === 'Escape') onCancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
