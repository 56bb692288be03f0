import { IconFileText, IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { DossierViews } from './dossier-views.tsx';
import styles from './list.module.css';
import { CORRECTED_BY, PAPER_BULK } from './paper-bulk.tsx';

const TONES: Readonly<Record<string, Tone>> = { lent: 'amber', removed: 'seal', bound: 'lake' };
const NEEDED = ['scans', 'original', ...CORRECTED_BY];

/** The whole catalogue (D6): every paper of every customer, found by any of its fields. Enter opens it in its binder. */
export function PaperList() {
  const { t } = useText();
  const { go } = useNavigate();
  const mayChange = useActingRole() === 'keeper';
  const [text, setText] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useShortcut('f', () => box.current?.focus(), { labelKey: 'dossiers.filterPapers' });
  const cells = useMemo<RecordCells>(
    () => ({
      code: { width: 188, cell: (row) => <span className={styles.soft}>{row.key}</span> },
      title: { width: 200, grow: true },
      customer: { width: 156 },
      pages: { width: 64 },
      scans: { width: 72, cell: (row) => (numberAt(row, 'scans') === 0 ? '' : numberAt(row, 'scans')) },
      state: {
        width: 88,
        cell: (row) => {
          const state = textAt(row, 'state');
          return state === 'inPlace' ? (
            t('dossiers.state.inPlace')
          ) : (
            <Tag tone={TONES[state] ?? 'plain'}>{t(`dossiers.state.${state}`)}</Tag>
          );
        },
      },
    }),
    [t],
  );
  return (
    <section className={styles.screen} aria-label={t('dossiers.view.papers')}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <div className={styles.filters}>
        <FilterBox
          inputRef={box}
          value={text}
          label={t('dossiers.filterPapers')}
          placeholder={t('dossiers.filterPapersPlaceholder')}
          onChange={setText}
        />
      </div>
      <div className={styles.table}>
        <RecordList
          list="papers"
          label={t('dossiers.view.papers')}
          text={text}
          cells={cells}
          needs={NEEDED}
          {...(mayChange ? { bulk: PAPER_BULK } : {})}
          onOpen={(row) => go({ screen: 'dossiers', params: { paper: row.key } })}
          autoFocus
          empty={
            <EmptyState
              icon={text === '' ? IconFileText : IconSearch}
              title={t(text === '' ? 'dossiers.noPapers' : 'dossiers.noPaperFound')}
            >
              {t(text === '' ? 'dossiers.noPapersText' : 'dossiers.noPaperFoundText')}
            </EmptyState>
          }
        />
      </div>
    </section>
  );
}
