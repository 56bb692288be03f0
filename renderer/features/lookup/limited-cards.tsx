import { IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import styles from './register.module.css';

type LimitedCard = OutputOf<'readers.list'>['cards'][number];

/** Every card that only named people may read, and who they are (L1). */
export function LimitedCards({ cards }: { readonly cards: readonly LimitedCard[] | undefined }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const columns = useMemo((): readonly Column<LimitedCard>[] => {
    const names = (row: LimitedCard) => row.readers.map((one) => one.name).join(t('form.listSeparator'));
    const column = (id: string, header: string, width: number, text: (row: LimitedCard) => string) => ({
      id,
      header,
      width,
      cell: text,
      text,
    });
    return [
      column('number', t('field.control.number'), 110, (row) => row.number),
      column('name', t('readers.customer'), 240, (row) => row.name),
      { ...column('readers', t('readers.title'), 240, names), grow: true },
      column('reason', t('kit.reason'), 220, (row) => row.reason),
      column('since', t('lookup.at'), 110, (row) => formats.day(row.since)),
      column('by', t('readers.by'), 110, (row) => row.by),
    ];
  }, [t, formats]);
  return (
    <div className={styles.register}>
      <DataTable
        id="limited-cards"
        label={t('readers.title')}
        columns={columns}
        source={arraySource(cards)}
        rowKey={(row) => row.number}
        onOpen={(row) => go({ screen: 'cards', number: row.number, tab: 'custody' })}
        empty={
          <EmptyState icon={IconUsers} title={t('readers.none')}>
            {t('readers.noneText')}
          </EmptyState>
        }
      />
    </div>
  );
}
