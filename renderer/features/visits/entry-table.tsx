import { IconTrash } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { type OptionSetName, optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { IconButton } from '../../ui/actions/button.tsx';
import { CustomerCell } from './customer-cell.tsx';
import styles from './entry.module.css';
import {
  changeDetail,
  changeRow,
  type Entry,
  type EntryRow,
  GRID_COLUMNS,
  type GridColumn,
  isBlankRow,
  problemsOfRow,
  removeRow,
} from './entry-state.ts';

const WIDTHS: Readonly<Record<GridColumn, string>> = {
  customer: '24%',
  startedAt: '62px',
  endedAt: '62px',
  method: '76px',
  purpose: '96px',
  personMet: '96px',
  result: '88px',
  content: 'auto',
};
const CHOICES: Partial<Record<GridColumn, OptionSetName>> = {
  method: 'visitMethod',
  purpose: 'visitPurpose',
  result: 'visitResult',
};

interface EntryTableProps {
  readonly entry: Entry;
  readonly current: number;
  /** Rows are judged once somebody has tried to save. */
  readonly judged: boolean;
  readonly onEntry: (entry: Entry) => void;
  readonly onCurrent: (key: number) => void;
  readonly onPaste: (text: string, key: number, column: GridColumn) => void;
}

export const cellId = (key: number, column: GridColumn): string => `visit-${key}-${column}`;

/**
 * One table for the day: Tab goes along the line, Enter and the arrows to the next one, a paste from a spreadsheet fills from the cell
 * downwards. The last line is always empty.
 */
export function EntryTable({ entry, current, judged, onEntry, onCurrent, onPaste }: EntryTableProps) {
  const { t } = useText();
  const body = useRef<HTMLTableSectionElement>(null);
  const placeOf = (target: EventTarget | null): { key: number; column: GridColumn } | undefined => {
    const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('td[data-column]') : null;
    const column = GRID_COLUMNS.find((one) => one === cell?.dataset['column']);
    const key = Number(cell?.closest('tr')?.dataset['key']);
    return column === undefined ? undefined : { key, column };
  };
  const goTo = (key: number, column: GridColumn, step: number): void => {
    const index = entry.rows.findIndex((row) => row.key === key);
    const row = entry.rows[index + step];
    if (row !== undefined) document.getElementById(cellId(row.key, column))?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.defaultPrevented) return;
    const place = placeOf(event.target);
    if (place === undefined) return;
    const { target } = event;
    const isSelect = target instanceof HTMLSelectElement;
    const isMove = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (event.key === 'Enter' && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      goTo(place.key, event.shiftKey ? place.column : 'customer', event.shiftKey ? -1 : 1);
    } else if (isMove && (event.altKey ? false : !isSelect)) {
      event.preventDefault();
      goTo(place.key, place.column, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Delete' && event.ctrlKey) {
      event.preventDefault();
      onEntry(removeRow(entry, place.key));
      requestAnimationFrame(() => goTo(place.key, 'customer', 0));
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    const place = placeOf(event.target);
    // One value alone is typed into its cell as usual.
    if (place === undefined || !/[\t\n]/u.test(text.trim())) return;
    event.preventDefault();
    onPaste(text, place.key, place.column);
  };
  const cell = (row: EntryRow, column: GridColumn) => {
    const label = t('visits.cellOf', { column: t(fieldLabelKey('visit', column)), row: entry.rows.indexOf(row) + 1 });
    const wrong = judged && problemsOfRow(row).some((problem) => problem === column);
    const set = CHOICES[column];
    if (column === 'customer')
      return (
        <CustomerCell
          id={cellId(row.key, column)}
          typed={row.customer}
          name={row.customerName}
          label={label}
          invalid={wrong}
          onTyped={(text) => onEntry(changeRow(entry, row.key, { customer: text, customerName: '' }))}
          onChosen={({ number, name }) => onEntry(changeRow(entry, row.key, { customer: number, customerName: name }))}
          onDone={() => document.getElementById(cellId(row.key, 'startedAt'))?.focus()}
        />
      );
    if (set !== undefined)
      return (
        <select
          id={cellId(row.key, column)}
          className={styles.cell}
          aria-label={label}
          value={String(row[column as 'method'])}
          onChange={(event) => onEntry(changeRow(entry, row.key, { [column]: event.currentTarget.value }))}
        >
          {optionsOf(set).map((value) => (
            <option key={value} value={value}>
              {t(optionLabelKey(set, value))}
            </option>
          ))}
        </select>
      );
    if (column === 'personMet')
      return (
        <input
          id={cellId(row.key, column)}
          className={styles.cell}
          aria-label={label}
          autoComplete="off"
          spellCheck={false}
          value={typeof row.details['personMet'] === 'string' ? row.details['personMet'] : ''}
          onChange={(event) => onEntry(changeDetail(entry, row.key, 'personMet', event.currentTarget.value))}
        />
      );
    return (
      <input
        id={cellId(row.key, column)}
        className={styles.cell}
        aria-label={label}
        aria-invalid={wrong || undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={column === 'content' ? '' : '09:30'}
        title={column === 'content' ? row.content : undefined}
        value={row[column as 'content']}
        onChange={(event) => onEntry(changeRow(entry, row.key, { [column]: event.currentTarget.value }))}
      />
    );
  };
  return (
    <table className={styles.table} aria-label={t('visits.table')}>
      <colgroup>
        <col className={styles.rowNumber} />
        {GRID_COLUMNS.map((column) => (
          <col key={column} style={{ width: WIDTHS[column] }} />
        ))}
        <col className={styles.remove} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={styles.rowNumber}>
            <span className="visually-hidden">{t('visits.row')}</span>
          </th>
          {GRID_COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(fieldLabelKey('visit', column))}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">{t('visits.removeRow')}</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown} onPaste={paste}>
        {entry.rows.map((row, index) => (
          <tr
            key={row.key}
            data-key={row.key}
            data-current={row.key === current || undefined}
            onFocus={() => onCurrent(row.key)}
          >
            <td className={styles.rowNumber}>{index + 1}</td>
            {GRID_COLUMNS.map((column) => (
              <td key={column} data-column={column}>
                {cell(row, column)}
              </td>
            ))}
            <td>
              {!isBlankRow(row) && (
                <IconButton
                  icon={IconTrash}
                  tabIndex={-1}
                  label={t('visits.removeRowOf', { row: index + 1 })}
                  onClick={() => onEntry(removeRow(entry, row.key))}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
