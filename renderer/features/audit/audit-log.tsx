import { useDeferredValue, useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import styles from './audit.module.css';
import { AuditEntryDetail } from './audit-entry-detail.tsx';

export type AuditEntry = OutputOf<'audit.list'>['entries'][number];

const TONES: Readonly<Record<string, Tone>> = { ok: 'plain', refused: 'amber', failed: 'seal' };
const NEEDED = ['role', 'type', 'outcome'];

/** Every act, refusal and failure, newest first. */
export function AuditLog() {
  const { t, has } = useText();
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const cells = useMemo<RecordCells>(() => {
    const words = (key: string, value: string) => (has(`${key}.${value}`) ? t(`${key}.${value}`) : value);
    return {
      seq: { width: 72 },
      at: { width: 150 },
      actor: {
        width: 170,
        cell: (row) => (
          <>
            {textAt(row, 'actor')} <span className={styles.soft}>{words('role', textAt(row, 'role'))}</span>
          </>
        ),
      },
      type: { width: 170, cell: (row) => words('audit.type', textAt(row, 'type')) },
      object: { width: 200, grow: true },
      purpose: { width: 180 },
      outcome: {
        cell: (row) => (
          <Tag tone={TONES[textAt(row, 'outcome')] ?? 'seal'}>{words('audit.outcome', textAt(row, 'outcome'))}</Tag>
        ),
      },
    };
  }, [t, has]);
  const open = (row: RecordRow): void =>
    void archive.call('audit.list', { before: Number(row.key) + 1, limit: 1 }).then(
      ({ entries }) => setOpened(entries[0] ?? null),
      () => undefined,
    );

  return (
    <div className={`${styles.log} ${opened === null ? '' : styles.withDrawer}`}>
      <div className={styles.filters}>
        <FilterBox value={text} label={t('audit.filter')} placeholder={t('audit.filter')} onChange={setText} />
      </div>
      <div className={styles.table}>
        <RecordList
          list="audit"
          label={t('audit.tab.log')}
          text={sought}
          cells={cells}
          needs={NEEDED}
          selectedKey={opened === null ? null : String(opened.seq)}
          onSelect={(row) => opened !== null && open(row)}
          onOpen={open}
          empty={<EmptyState title={t('audit.noneFound')}>{t('audit.noneFoundText')}</EmptyState>}
        />
      </div>
      {opened !== null && (
        <div className={styles.side}>
          <Drawer title={t('audit.entry', { seq: opened.seq })} onClose={() => setOpened(null)}>
            <AuditEntryDetail entry={opened} />
          </Drawer>
        </div>
      )}
    </div>
  );
}
