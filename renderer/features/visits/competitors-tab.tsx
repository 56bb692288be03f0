import { SegmentedControl } from '@mantine/core';
import { IconPrinter, IconSearch, IconSwords } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { CompetitorPage } from './competitor-page.tsx';
import styles from './visits.module.css';

/** Columns that remain when a competitor's page is open beside the list. */
const BESIDE = ['competitor', 'competitorCustomers', 'keyCustomers', 'satisfied', 'dissatisfied'];
const COUNTED = ['competitorCustomers', 'keyCustomers', 'satisfied', 'acceptable', 'dissatisfied'];

/** Competitors across all cards (X1): a list with each one's own page, and the matrix customer × competitor (M). */
export function CompetitorsTab() {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const place = usePlace();
  const { replace } = useNavigate();
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const matrix = place.params?.['view'] === 'matrix';
  const view = (next: string): void => replace({ number: undefined, params: next === 'matrix' ? { view: next } : {} });
  useShortcut('m', () => view(matrix ? 'list' : 'matrix'), { labelKey: 'visits.matrix' });
  const cells = useMemo<RecordCells>(() => {
    const count = (field: string) => ({
      width: 84,
      cell: (row: RecordRow) => (numberAt(row, field) === 0 ? '' : formats.number(numberAt(row, field))),
    });
    return {
      competitor: { width: 180, grow: true },
      ...Object.fromEntries(COUNTED.map((field) => [field, count(field)])),
      averageShare: {
        width: 92,
        cell: (row) => (textAt(row, 'averageShare') === '' ? '' : `${formats.number(numberAt(row, 'averageShare'))} %`),
      },
    };
  }, [formats]);
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('visits.show')}
          value={matrix ? 'matrix' : 'list'}
          onChange={view}
          data={(['list', 'matrix'] as const).map((value) => ({ value, label: t(`visits.competitorView.${value}`) }))}
        />
        {!matrix && (
          <FilterBox
            value={text}
            label={t('visits.filter')}
            placeholder={t('visits.filterCompetitor')}
            onChange={setText}
          />
        )}
        <span className={styles.spacer} />
        <Button icon={IconPrinter} onClick={() => print({ form: 'competitorMatrix', number: '' })}>
          {t('visits.printMatrix')}
        </Button>
      </div>
      {matrix ? (
        <Matrix onCompetitor={(name) => replace({ number: name, params: {} })} />
      ) : (
        <div className={place.number === undefined ? styles.fill : styles.split}>
          <div className={styles.list}>
            <RecordList
              list="competitorTotals"
              id="competitors"
              label={t('visits.tab.competitors')}
              text={sought}
              cells={cells}
              narrow={place.number === undefined ? undefined : BESIDE}
              selectedKey={place.number ?? null}
              onOpen={(row) => replace({ number: row.key })}
              onSelect={(row) => place.number !== undefined && replace({ number: row.key })}
              autoFocus
              empty={
                <EmptyState
                  icon={text === '' ? IconSwords : IconSearch}
                  title={t(text === '' ? 'visits.competitorsEmpty' : 'visits.noneFound')}
                >
                  {t(text === '' ? 'visits.competitorsEmptyText' : 'visits.noneFoundText')}
                </EmptyState>
              }
            />
          </div>
          {place.number !== undefined && (
            <CompetitorPage key={place.number} name={place.number} onClose={() => replace({ number: undefined })} />
          )}
        </div>
      )}
    </div>
  );
}

const ROWS = 60;

/** Who is with whom, how content, with what share. Colour is our danger: content with the other is red. */
function Matrix({ onCompetitor }: { readonly onCompetitor: (name: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const [offset, setOffset] = useState(0);
  const matrix = useArchiveQuery('competitors.matrix', { columns: 10, limit: ROWS, offset }, { keepPrevious: true });
  if (matrix.error !== null) return <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />;
  const { data } = matrix;
  if (data === undefined) return <LoadingSkeleton shape="rows" count={12} />;
  if (data.rows.length === 0)
    return (
      <EmptyState icon={IconSwords} title={t('visits.competitorsEmpty')}>
        {t('visits.competitorsEmptyText')}
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('visits.matrix')}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('field.visit.customer')}</th>
            {data.competitors.map((one) => (
              <th key={one.name} scope="col">
                <Button kind="link" onClick={() => onCompetitor(one.name)}>
                  {one.name}
                </Button>{' '}
                <span className={styles.soft}>{formats.number(one.customers)}</span>
              </th>
            ))}
            <th scope="col">{t('visits.otherCompetitors')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.customer}>
              <th scope="row">
                <Button kind="link" onClick={() => go({ screen: 'cards', number: row.customer })}>
                  {row.customerName}
                </Button>
                {row.tier === 'key' && <span className={styles.soft}> {t('option.tier.key')}</span>}
              </th>
              {row.cells.map((cell, index) => (
                <td key={data.competitors[index]?.name ?? index} data-at={cell?.satisfaction}>
                  {cell !== null && (
                    <span title={cell.observedOn === '' ? undefined : formats.day(cell.observedOn)}>
                      {cell.satisfaction === '' ? t('visits.present') : t(`option.satisfaction.${cell.satisfaction}`)}
                      {cell.share !== null && ` ${formats.number(cell.share)} %`}
                    </span>
                  )}
                </td>
              ))}
              <td>{row.others === 0 ? '' : formats.number(row.others)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.total > ROWS && (
        <div className={styles.actions}>
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - ROWS))}>
            {t('visits.pageBefore')}
          </Button>
          <span className={styles.soft}>
            {t('visits.rowsOf', { from: offset + 1, to: Math.min(offset + ROWS, data.total), total: data.total })}
          </span>
          <Button disabled={offset + ROWS >= data.total} onClick={() => setOffset(offset + ROWS)}>
            {t('visits.pageAfter')}
          </Button>
        </div>
      )}
    </section>
  );
}
