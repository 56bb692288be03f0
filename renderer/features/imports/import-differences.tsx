import { useMemo } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import { fieldAt } from '../../../shared/domain/form-fields.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { importFieldLabel } from './import-fields.ts';
import type { ImportReport, TableRead } from './import-steps.ts';
import styles from './imports.module.css';

type Difference = ImportReport['differences'][number];

export const differenceKey = ({ row, field }: Pick<Difference, 'row' | 'field'>): string => `${row} ${field}`;

/** What stays as it is although the file says otherwise. */
export interface LeftAsIs {
  /** Nothing of any existing card changes, listed or not. */
  readonly all: boolean;
  /** Keys of values. */
  readonly cells: ReadonlySet<string>;
}
export const NOTHING_LEFT: LeftAsIs = { all: false, cells: new Set() };

interface ImportDifferencesProps {
  readonly read: TableRead;
  readonly report: ImportReport;
  readonly left: LeftAsIs;
  readonly onLeft: (left: LeftAsIs) => void;
}

/** What would change on cards that exist: field by field, now and in the file; each is taken or left as it is. */
export function ImportDifferences({ read, report, left, onLeft }: ImportDifferencesProps) {
  const { t } = useText();
  const formats = useFormats();
  const kit = useFieldKit();
  const isLeft = (difference: Difference) => left.all || left.cells.has(differenceKey(difference));
  const toggle = (difference: Difference): void => {
    const key = differenceKey(difference);
    // One taken after all were left: of those that are listed.
    const cells = new Set(left.all ? report.differences.map(differenceKey) : left.cells);
    if (!cells.delete(key)) cells.add(key);
    onLeft({ all: false, cells });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `toggle` is made anew with what is left
  const columns = useMemo<readonly Column<Difference>[]>(() => {
    const words = (difference: Difference, value: Json): string => {
      if (value === null) return t('imports.difference.nothing');
      if (difference.field === 'control.tier') return t(`option.tier.${String(value)}`);
      const field = fieldAt(read.kind, difference.field, kit.forms);
      return field === undefined ? '' : valueText(field, value, kit);
    };
    const text = (id: string, header: string, width: number, of: (difference: Difference) => string) => ({
      id,
      header,
      width,
      cell: of,
      text: of,
    });
    return [
      {
        id: 'take',
        header: t('imports.difference.take'),
        width: 64,
        cell: (difference) => (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('imports.difference.take')}
            checked={!isLeft(difference)}
            onChange={() => toggle(difference)}
          />
        ),
        text: (difference) => t(isLeft(difference) ? 'list.no' : 'list.yes'),
      },
      text('row', t('imports.report.row'), 64, (difference) => formats.number(difference.row)),
      text('customer', t('imports.difference.customer'), 220, ({ number, name }) => `${number} ${name}`),
      text('field', t('imports.difference.field'), 150, ({ field }) =>
        importFieldLabel(read.kind, field, t, kit.forms),
      ),
      text('from', t('imports.difference.from'), 180, (difference) => words(difference, difference.from)),
      { ...text('to', t('imports.difference.to'), 180, (difference) => words(difference, difference.to)), grow: true },
    ];
  }, [t, formats, kit, read.kind, left]);
  const some = left.all || left.cells.size > 0;
  return (
    <section className={styles.refused} aria-label={t('imports.differences')}>
      <header className={styles.refusedHead}>
        <h2>{t('imports.differences')}</h2>
        <span className={styles.soft}>
          {report.differencesTotal > report.differences.length
            ? t('imports.differencesFirst', { shown: report.differences.length })
            : t('imports.difference.hint')}
        </span>
        <Button size="small" onClick={() => onLeft(some ? NOTHING_LEFT : { all: true, cells: new Set() })}>
          {t(some ? 'imports.difference.takeAll' : 'imports.difference.leaveAll')}
        </Button>
      </header>
      <div className={styles.refusedTable}>
        <DataTable
          id="import-differences"
          label={t('imports.differences')}
          columns={columns}
          source={arraySource(report.differences)}
          rowKey={differenceKey}
          onOpen={toggle}
          empty={null}
        />
      </div>
    </section>
  );
}
