import { SegmentedControl } from '@mantine/core';
import { IconCheck, IconPrinter, IconShip } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DossierViews } from './dossier-views.tsx';
import styles from './ledger.module.css';
import listStyles from './list.module.css';

type Cell = OutputOf<'gaps.exportSets'>['sets'][number]['cells'][number];
const PAGE = 100;
const MOST = 500;

/** Every export order of every direct-export customer against its four documents: none may be missing (D4). */
export function ExportSets() {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const { go } = useNavigate();
  const [show, setShow] = useState<'incomplete' | 'all'>('incomplete');
  const [limit, setLimit] = useState(PAGE);
  const query = useArchiveQuery(
    'gaps.exportSets',
    { onlyIncomplete: show === 'incomplete', limit },
    { keepPrevious: true },
  );
  const sets = query.data?.sets ?? [];
  return (
    <section className={listStyles.screen} aria-label={t('dossiers.view.orders')}>
      <header className={listStyles.head}>
        <h1 className={listStyles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('gaps.show')}
          value={show}
          onChange={(value) => {
            setShow(value === 'all' ? 'all' : 'incomplete');
            setLimit(PAGE);
          }}
          data={[
            { value: 'incomplete', label: t('gaps.incomplete', { count: query.data?.incomplete ?? 0 }) },
            { value: 'all', label: t('gaps.allSets') },
          ]}
        />
        <Button icon={IconPrinter} onClick={() => print({ form: 'exportSets', number: '' })}>
          {t('kit.print.exportSets')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.body} tabIndex={0} aria-label={t('gaps.matrix')}>
        {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data === undefined && query.error === null && <LoadingSkeleton shape="rows" count={10} />}
        {query.data !== undefined && sets.length === 0 && (
          <EmptyState icon={IconShip} title={t('gaps.noSets')}>
            {t('gaps.noSetsText')}
          </EmptyState>
        )}
        {query.data !== undefined && sets.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('dossiers.order.number')}</th>
                <th scope="col">{t('gaps.customer')}</th>
                <th scope="col">{t('dossiers.order.date')}</th>
                {query.data.types.map((type) => (
                  <th key={type} scope="col">
                    {t(`documentType.${type}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sets.map((set) => (
                <tr key={`${set.number} ${set.orderNumber}`}>
                  <th scope="row">{set.orderNumber}</th>
                  <td>
                    <Button kind="link" onClick={() => go({ screen: 'dossiers', number: set.number, tab: '4' })}>
                      {set.number}
                    </Button>{' '}
                    {set.name}
                  </td>
                  <td>{formats.day(set.date)}</td>
                  {set.cells.map((cell, index) => (
                    <td key={query.data.types[index]} data-state={cell.state}>
                      <SetCell cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {sets.length < (query.data?.total ?? 0) && limit < MOST && (
          <Button kind="link" onClick={() => setLimit((before) => Math.min(MOST, before + PAGE))}>
            {t('gaps.more', { count: (query.data?.total ?? 0) - sets.length })}
          </Button>
        )}
      </section>
    </section>
  );
}

function SetCell({ cell }: { readonly cell: Cell }) {
  const { t } = useText();
  const { go } = useNavigate();
  if (cell.state === 'filed')
    return (
      <button
        type="button"
        className={styles.filed}
        aria-label={t('gaps.openPaper', { code: cell.detail })}
        title={cell.detail}
        onClick={() => go({ screen: 'dossiers', params: { paper: cell.detail } })}
      >
        <IconCheck size={14} aria-hidden /> {t('dossiers.order.filed')}
      </button>
    );
  if (cell.state === 'waived')
    return (
      <span className={styles.soft} title={cell.detail}>
        {t('waiver.notApplicable')}
        <span className="visually-hidden">{cell.detail}</span>
      </span>
    );
  return <span className={styles.missing}>{t('dossiers.order.missing')}</span>;
}
