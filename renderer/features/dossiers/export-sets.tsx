import { SegmentedControl } from '@mantine/core';
import { IconCheck, IconPrinter, IconShip } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { DOCUMENT_TYPES } from '../../../shared/domain/document-types.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DossierViews } from './dossier-views.tsx';
import styles from './ledger.module.css';
import listStyles from './list.module.css';

const TYPES = DOCUMENT_TYPES.filter((type) => type.perExportOrder).map((type) => type.key);
const INCOMPLETE: readonly Condition[] = [{ field: 'missingPapers', is: 'atLeast', values: [1] }];
const NEEDED = ['customerNumber'];

/** Every export order of every direct-export customer against its four documents: none may be missing (D4). */
export function ExportSets() {
  const { t } = useText();
  const print = usePrint();
  const { go } = useNavigate();
  const [show, setShow] = useState<'incomplete' | 'all'>('incomplete');
  const [text, setText] = useState('');
  const incomplete = useArchiveQuery('gaps.exportSets', { onlyIncomplete: true, limit: 1 }).data?.incomplete ?? 0;
  const cells = useMemo<RecordCells>(
    () => ({
      orderNumber: { width: 130 },
      customer: { width: 160, grow: true },
      ...Object.fromEntries(
        TYPES.map((type) => [type, { width: 130, cell: (row) => <SetCell detail={textAt(row, type)} /> }] as const),
      ),
    }),
    [],
  );
  return (
    <section className={listStyles.screen} aria-label={t('dossiers.view.orders')}>
      <header className={listStyles.head}>
        <h1 className={listStyles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <div className={styles.bar}>
        <div className={styles.ways}>
          <SegmentedControl
            aria-label={t('gaps.show')}
            value={show}
            onChange={(value) => setShow(value === 'all' ? 'all' : 'incomplete')}
            data={[
              { value: 'incomplete', label: t('gaps.incomplete', { count: incomplete }) },
              { value: 'all', label: t('gaps.allSets') },
            ]}
          />
          <FilterBox
            value={text}
            label={t('gaps.filter')}
            placeholder={t('gaps.filterPlaceholder')}
            onChange={setText}
          />
        </div>
        <Button icon={IconPrinter} onClick={() => print({ form: 'exportSets', number: '' })}>
          {t('kit.print.exportSets')}
        </Button>
      </div>
      <div className={styles.list}>
        <RecordList
          key={show}
          list="exportSets"
          id={`export-sets-${show}`}
          label={t('gaps.matrix')}
          {...(show === 'incomplete' ? { scope: INCOMPLETE } : {})}
          text={text}
          cells={cells}
          needs={NEEDED}
          onOpen={(row) => go({ screen: 'dossiers', number: textAt(row, 'customerNumber'), tab: '4' })}
          autoFocus
          empty={
            <EmptyState icon={IconShip} title={t('gaps.noSets')}>
              {t('gaps.noSetsText')}
            </EmptyState>
          }
        />
      </div>
    </section>
  );
}

/** The paper where there is one, why there need be none, or that it is missing. */
function SetCell({ detail }: { readonly detail: string }) {
  const { t } = useText();
  const { go } = useNavigate();
  if (detail === '') return <span className={styles.missing}>{t('dossiers.order.missing')}</span>;
  if (detail.startsWith('（'))
    return (
      <span className={styles.soft} title={detail}>
        {t('waiver.notApplicable')}
        <span className="visually-hidden">{detail}</span>
      </span>
    );
  return (
    <button
      type="button"
      className={styles.filed}
      aria-label={t('gaps.openPaper', { code: detail })}
      title={detail}
      onClick={() => go({ screen: 'dossiers', params: { paper: detail } })}
    >
      <IconCheck size={14} aria-hidden /> {t('dossiers.order.filed')}
    </button>
  );
}
