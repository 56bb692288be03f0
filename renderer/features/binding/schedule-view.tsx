import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { RETENTION_TRIGGERS, type RetentionTrigger } from '../../../shared/domain/retention.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './steps.module.css';

type Rule = OutputOf<'retention.get'>['rules'][number];

/** The retention schedule (保管期限表, §7.7): a proposal until the company sets its own, type by type. */
export function ScheduleView() {
  const { t } = useText();
  const formats = useFormats();
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const [changing, setChanging] = useState<Rule | null>(null);
  const query = useArchiveQuery('retention.get', {});
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="rows" count={10} />;
  return (
    <section aria-label={t('disposal.schedule')}>
      <h2 className={styles.title}>{t('disposal.schedule')}</h2>
      <p className={styles.soft}>{t('disposal.scheduleText')}</p>
      <table className={styles.lasting}>
        <thead>
          <tr>
            <th scope="col">{t('disposal.type')}</th>
            <th scope="col">{t('dossiers.field.retention')}</th>
            <th scope="col">{t('disposal.countsFrom')}</th>
            <th scope="col">{t('disposal.basis')}</th>
            <th scope="col">{t('disposal.setBy')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('binding.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {query.data.rules.map((rule) => (
            <tr key={rule.type}>
              <td>
                <ClassTab value={rule.class} markOnly /> {t(`documentType.${rule.type}`)}
              </td>
              <td>{rule.years === null ? t('retention.permanent') : t('retention.years', { years: rule.years })}</td>
              <td>{t(`retentionTrigger.${rule.trigger}`)}</td>
              <td>{rule.basis}</td>
              <td>
                {rule.isProposal ? (
                  <Tag>{t('disposal.proposal')}</Tag>
                ) : (
                  <>
                    {rule.by} <span className={styles.soft}>{formats.day(rule.at)}</span>
                  </>
                )}
              </td>
              <td>
                {mayChange && (
                  <Button size="small" kind="quiet" onClick={() => setChanging(rule)}>
                    {t('disposal.change')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing !== null && <RuleDialog rule={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}

function RuleDialog({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }) {
  const { t } = useText();
  const [permanent, setPermanent] = useState(rule.years === null);
  const [years, setYears] = useState<number | ''>(rule.years ?? 10);
  const [trigger, setTrigger] = useState<RetentionTrigger>(rule.trigger);
  const [basis, setBasis] = useState(rule.basis);
  const [reason, setReason] = useState('');
  const set = useArchiveCommand('retention.set');
  const submit = () =>
    set
      .mutateAsync({
        type: rule.type,
        years: permanent || years === '' ? null : years,
        trigger,
        basis: basis.trim(),
        reason: reason.trim(),
      })
      .then(onClose, () => undefined);
  return (
    <FormDialog
      title={t(`documentType.${rule.type}`)}
      submitLabel={t('kit.save')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={set.isPending}
      maySubmit={reason.trim() !== '' && (permanent || years !== '')}
    >
      <ErrorNote error={set.error} showFields />
      <Select
        label={t('dossiers.field.retention')}
        allowDeselect={false}
        value={permanent ? 'Y' : 'D'}
        onChange={(value) => setPermanent(value === 'Y')}
        data={[
          { value: 'D', label: t('disposal.fixedYears') },
          { value: 'Y', label: t('retention.permanent') },
        ]}
      />
      {!permanent && (
        <NumberInput
          label={t('disposal.years')}
          required
          min={1}
          max={100}
          allowDecimal={false}
          value={years}
          onChange={(value) => setYears(typeof value === 'number' ? value : '')}
        />
      )}
      <Select
        label={t('disposal.countsFrom')}
        allowDeselect={false}
        value={trigger}
        onChange={(value) => setTrigger(RETENTION_TRIGGERS.find((one) => one === value) ?? rule.trigger)}
        data={RETENTION_TRIGGERS.map((value) => ({ value, label: t(`retentionTrigger.${value}`) }))}
      />
      <TextInput
        label={t('disposal.basis')}
        placeholder={t('disposal.basisHint')}
        autoComplete="off"
        maxLength={400}
        value={basis}
        onChange={(event) => setBasis(event.currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
