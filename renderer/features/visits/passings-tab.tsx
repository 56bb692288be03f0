import { IconSearch, IconSend } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './visits.module.css';

const TONES: Readonly<Record<string, 'amber' | 'moss' | 'plain'>> = {
  waiting: 'amber',
  passed: 'moss',
  dropped: 'plain',
};

/** The register of what was passed on to whom (V3), and what still waits. Enter opens the report. */
export function PassingsTab() {
  const { t } = useText();
  const { go } = useNavigate();
  const [text, setText] = useState('');
  const cells = useMemo<RecordCells>(
    () => ({
      passBy: { width: 100 },
      state: {
        width: 84,
        cell: (row) => (
          <Tag tone={TONES[textAt(row, 'state')] ?? 'plain'}>{t(`visits.passing.${textAt(row, 'state')}`)}</Tag>
        ),
      },
      toldTo: { width: 84 },
      department: { width: 92 },
      customer: { width: 180 },
      subject: { width: 92 },
      facts: { width: 180, grow: true },
      number: { width: 116 },
    }),
    [t],
  );
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <FilterBox
          value={text}
          label={t('visits.filter')}
          placeholder={t('visits.passingsPlaceholder')}
          onChange={setText}
        />
      </div>
      <div className={styles.fill}>
        <RecordList
          list="passings"
          label={t('visits.tab.passings')}
          text={text}
          cells={cells}
          onOpen={(row) => go({ screen: 'visits', tab: 'information', number: row.key.split(' ')[0] ?? '' })}
          autoFocus
          empty={
            <EmptyState
              icon={text === '' ? IconSend : IconSearch}
              title={t(text === '' ? 'visits.passingsEmpty' : 'visits.noneFound')}
            >
              {t(text === '' ? 'visits.passingsEmptyText' : 'visits.noneFoundText')}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
