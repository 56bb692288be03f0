import { Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useComposedText } from '../../state/use-composed-text.ts';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { type DayRange, DayRangeFields } from '../../ui/form/day-range-fields.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import styles from './audit.module.css';
import { AuditEntryDetail } from './audit-entry-detail.tsx';
import { AUDIT_TYPE_GROUPS } from './audit-types.ts';
import { type AuditEntry, type AuditFilter, useAuditEntries } from './use-audit-entries.ts';

const TONES: Readonly<Record<string, Tone>> = { ok: 'plain', refused: 'amber', failed: 'seal' };
const OUTCOMES = ['ok', 'refused', 'failed'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Every act, refusal and failure, newest first. */
export function AuditLog() {
  const { t, has } = useText();
  const formats = useFormats();
  const object = useComposedText('', 200);
  const actor = useComposedText('', 200);
  const [type, setType] = useState('');
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [days, setDays] = useState<DayRange>({});
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const filter = useMemo((): AuditFilter => {
    const trimmed = { type, actor: actor.settled.trim(), object: object.settled.trim(), outcome };
    return { ...Object.fromEntries(Object.entries(trimmed).filter(([, value]) => value !== '')), ...days };
  }, [type, actor.settled, object.settled, outcome, days]);
  const source = useAuditEntries(filter);

  const columns = useMemo((): readonly Column<AuditEntry>[] => {
    const typeText = (row: AuditEntry) => (has(`audit.type.${row.type}`) ? t(`audit.type.${row.type}`) : row.type);
    const roleText = (row: AuditEntry) => (has(`role.${row.role}`) ? t(`role.${row.role}`) : row.role);
    return [
      {
        id: 'seq',
        header: t('audit.seq'),
        width: 72,
        align: 'end',
        cell: (row) => row.seq,
        text: (row) => String(row.seq),
      },
      {
        id: 'ts',
        header: t('audit.time'),
        width: 150,
        cell: (row) => <time dateTime={row.ts}>{formats.instant(row.ts)}</time>,
        text: (row) => row.ts,
      },
      {
        id: 'actor',
        header: t('audit.actor'),
        width: 170,
        cell: (row) => (
          <>
            {row.actor} <span className={styles.soft}>{roleText(row)}</span>
          </>
        ),
        text: (row) => row.actor,
      },
      { id: 'type', header: t('audit.type'), width: 170, cell: typeText, text: (row) => row.type },
      { id: 'obj', header: t('audit.object'), width: 200, grow: true, cell: (row) => row.obj, text: (row) => row.obj },
      { id: 'why', header: t('audit.why'), width: 180, cell: (row) => row.why, text: (row) => row.why },
      {
        id: 'outcome',
        header: t('audit.outcome'),
        width: 96,
        cell: (row) => (
          <Tag tone={TONES[row.outcome] ?? 'plain'}>
            {has(`audit.outcome.${row.outcome}`) ? t(`audit.outcome.${row.outcome}`) : row.outcome}
          </Tag>
        ),
        text: (row) => row.outcome,
      },
    ];
  }, [t, has, formats]);

  return (
    <div className={`${styles.log} ${opened === null ? '' : styles.withDrawer}`}>
      <div className={styles.filters}>
        <TextInput aria-label={t('audit.filterObject')} placeholder={t('audit.filterObject')} {...object.inputProps} />
        <TextInput aria-label={t('audit.filterActor')} placeholder={t('audit.filterActor')} {...actor.inputProps} />
        <Select
          aria-label={t('audit.filterType')}
          searchable
          maxDropdownHeight={320}
          data={[
            { value: '', label: t('audit.anyType') },
            ...AUDIT_TYPE_GROUPS.map(({ area, types }) => ({
              group: t(`operationArea.${area}`),
              items: types.map((value) => ({ value, label: t(`audit.type.${value}`) })),
            })),
          ]}
          value={type}
          onChange={(value) => setType(value ?? '')}
        />
        <Select
          aria-label={t('audit.outcome')}
          data={[
            { value: '', label: t('audit.anyOutcome') },
            ...OUTCOMES.map((value) => ({ value, label: t(`audit.outcome.${value}`) })),
          ]}
          value={outcome}
          onChange={(value) => setOutcome((value ?? '') as Outcome | '')}
        />
        <DayRangeFields value={days} onChange={setDays} />
      </div>
      <div className={styles.table}>
        <DataTable
          id="audit"
          label={t('audit.tab.log')}
          columns={columns}
          source={source}
          rowKey={(row) => String(row.seq)}
          selectedKey={opened === null ? null : String(opened.seq)}
          onSelect={(row) => opened !== null && setOpened(row)}
          onOpen={setOpened}
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
