import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { GRADE_ORDER } from '../../../shared/domain/credit/policy.ts';
import { optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import tables from '../../ui/dealings/dealings.module.css';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './list.module.css';

type Policy = OutputOf<'credit.policy'>['policy'];
const BAND = /^\s*([\d.]+)\s*[:：]\s*(\d+)\s*$/u;

/** The scorecard with its weights, the caps, and the terms of each grade; saving makes a new version (G1, G2). */
export function PolicyEditor({ mayChange }: { readonly mayChange: boolean }) {
  const policy = useArchiveQuery('credit.policy', {});
  if (policy.data === undefined) return <LoadingSkeleton shape="form" count={12} />;
  return <Editor key={policy.data.version} given={policy.data} mayChange={mayChange} />;
}

function Editor({ given, mayChange }: { readonly given: OutputOf<'credit.policy'>; readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const [policy, setPolicy] = useState<Policy>(given.policy);
  const [reason, setReason] = useState('');
  const save = useArchiveCommand('credit.savePolicy');
  const whole = (text: string): number => Math.max(0, Math.round(Number(text) || 0));
  const sum = policy.items.reduce((total, { weight }) => total + weight, 0);
  const changed = JSON.stringify(policy) !== JSON.stringify(given.policy);
  const item = (index: number, change: Partial<Policy['items'][number]>): void =>
    setPolicy({ ...policy, items: policy.items.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const terms = (index: number, change: Partial<Policy['grades'][number]>): void =>
    setPolicy({ ...policy, grades: policy.grades.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const settle = (): void => {
    save.mutateAsync({ policy, reason: reason.trim() }).then(
      ({ version }) => {
        toast(t('credit.policy.saved', { version }));
        setReason('');
      },
      () => undefined,
    );
  };
  return (
    <div className={styles.policy}>
      <ErrorNote error={save.error} showFields />
      <Section
        title={t('creditPaper.scorecard')}
        note={given.version === 0 ? t('settings.defaultRules') : t('credit.policy.version', { version: given.version })}
        tools={<Tag tone={sum === 100 ? 'moss' : 'seal'}>{t('credit.policy.weights', { sum })}</Tag>}
      >
        <table className={tables.table} aria-label={t('creditPaper.scorecard')}>
          <thead>
            <tr>
              <th scope="col">{t('creditPaper.measure')}</th>
              <th scope="col">{t('creditPaper.weight')}</th>
              <th scope="col">{t('creditPaper.noFigure')} %</th>
              <th scope="col">{`${t('creditPaper.figure')} : ${t('creditPaper.share')}`}</th>
            </tr>
          </thead>
          <tbody>
            {policy.items.map((one, index) => (
              <tr key={one.measure}>
                <td>{t(`creditPaper.measures.${one.measure}`)}</td>
                <td>
                  <input
                    aria-label={`${t('creditPaper.weight')} ${t(`creditPaper.measures.${one.measure}`)}`}
                    inputMode="numeric"
                    autoComplete="off"
                    disabled={!mayChange}
                    value={one.weight}
                    onChange={(event) => item(index, { weight: Math.min(100, whole(event.currentTarget.value)) })}
                  />
                </td>
                <td>
                  <input
                    aria-label={`${t('creditPaper.noFigure')} ${t(`creditPaper.measures.${one.measure}`)}`}
                    inputMode="numeric"
                    autoComplete="off"
                    disabled={!mayChange}
                    value={one.unknown}
                    onChange={(event) => item(index, { unknown: Math.min(100, whole(event.currentTarget.value)) })}
                  />
                </td>
                <td>
                  <BandsInput
                    label={`${t('creditPaper.share')} ${t(`creditPaper.measures.${one.measure}`)}`}
                    bands={one.bands}
                    disabled={!mayChange}
                    onBands={(bands) => item(index, { bands })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('creditPaper.vetoes')}>
        <table className={tables.table} aria-label={t('creditPaper.vetoes')}>
          <tbody>
            {policy.vetoes.map((one, index) => (
              <tr key={one.veto}>
                <td>
                  <label>
                    <input
                      type="checkbox"
                      disabled={!mayChange}
                      checked={one.on}
                      onChange={(event) => {
                        const on = event.currentTarget.checked;
                        setPolicy({
                          ...policy,
                          vetoes: policy.vetoes.map((veto, at) => (at === index ? { ...veto, on } : veto)),
                        });
                      }}
                    />{' '}
                    {t(`creditPaper.veto.${one.veto}`)}
                  </label>
                </td>
                <td>
                  <Select
                    aria-label={`${t('credit.policy.highest')} ${t(`creditPaper.veto.${one.veto}`)}`}
                    disabled={!mayChange}
                    data={GRADE_ORDER.map((grade) => ({ value: grade, label: grade.toUpperCase() }))}
                    value={one.highest}
                    allowDeselect={false}
                    onChange={(value) =>
                      setPolicy({
                        ...policy,
                        vetoes: policy.vetoes.map((veto, at) =>
                          at === index
                            ? { ...veto, highest: GRADE_ORDER.find((grade) => grade === value) ?? 'd' }
                            : veto,
                        ),
                      })
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('creditPaper.terms')}>
        <table className={tables.table} aria-label={t('creditPaper.terms')}>
          <thead>
            <tr>
              <th scope="col">{t('creditPaper.grade')}</th>
              <th scope="col">{t('credit.policy.from')}</th>
              <th scope="col">{t('credit.policy.coefficient')}</th>
              <th scope="col">{t('creditPaper.days')}</th>
              <th scope="col">{t('creditPaper.settlement')}</th>
              <th scope="col">{t('creditPaper.prepayment')} %</th>
              <th scope="col">{t('creditPaper.approvalBy')}</th>
              <th scope="col">{t('creditPaper.handling')}</th>
            </tr>
          </thead>
          <tbody>
            {policy.grades.map((one, index) => (
              <tr key={one.grade}>
                <td>{one.grade.toUpperCase()}</td>
                {(['from', 'coefficient', 'days'] as const).map((key) => (
                  <td key={key}>
                    <input
                      aria-label={`${key} ${one.grade.toUpperCase()}`}
                      inputMode="numeric"
                      autoComplete="off"
                      disabled={!mayChange}
                      value={one[key]}
                      onChange={(event) => terms(index, { [key]: whole(event.currentTarget.value) })}
                    />
                  </td>
                ))}
                <td>
                  <Select
                    aria-label={`${t('creditPaper.settlement')} ${one.grade.toUpperCase()}`}
                    disabled={!mayChange}
                    data={optionsOf('settlementMethod').map((value) => ({
                      value,
                      label: t(optionLabelKey('settlementMethod', value)),
                    }))}
                    value={one.settlement === '' ? null : one.settlement}
                    onChange={(value) => terms(index, { settlement: (value ?? '') as '' })}
                  />
                </td>
                <td>
                  <input
                    aria-label={`${t('creditPaper.prepayment')} ${one.grade.toUpperCase()}`}
                    inputMode="numeric"
                    autoComplete="off"
                    disabled={!mayChange}
                    value={one.prepayment}
                    onChange={(event) => terms(index, { prepayment: Math.min(100, whole(event.currentTarget.value)) })}
                  />
                </td>
                {(['approval', 'handling'] as const).map((key) => (
                  <td key={key}>
                    <input
                      className={styles.long}
                      aria-label={`${t(key === 'approval' ? 'creditPaper.approvalBy' : 'creditPaper.handling')} ${one.grade.toUpperCase()}`}
                      autoComplete="off"
                      disabled={!mayChange}
                      value={one[key]}
                      onChange={(event) => terms(index, { [key]: event.currentTarget.value })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.bar}>
          {(['warnAt', 'blockAt'] as const).map((key) => (
            <label key={key}>
              {t(`credit.policy.${key}`)}{' '}
              <input
                inputMode="numeric"
                autoComplete="off"
                disabled={!mayChange}
                value={policy[key]}
                onChange={(event) => setPolicy({ ...policy, [key]: whole(event.currentTarget.value) })}
              />
            </label>
          ))}
        </div>
      </Section>
      {mayChange && (
        <div className={styles.bar}>
          <TextInput
            aria-label={t('creditPaper.reason')}
            placeholder={t('creditPaper.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button
            kind="primary"
            busy={save.isPending}
            disabled={!changed || reason.trim() === '' || sum !== 100}
            onClick={settle}
          >
            {t('credit.policy.save')}
          </Button>
          {changed && <Button onClick={() => setPolicy(given.policy)}>{t('kit.back')}</Button>}
        </div>
      )}
      <ul className={tables.soft}>
        {given.versions.map((one) => (
          <li key={one.version}>
            {`${t('credit.policy.version', { version: one.version })} · ${formats.instant(one.at)} · ${one.by} · ${one.reason}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Bounds with their shares as they are typed: `98:100, 90:80`. What cannot be read is not taken. */
function BandsInput({
  label,
  bands,
  disabled,
  onBands,
}: {
  readonly label: string;
  readonly bands: Policy['items'][number]['bands'];
  readonly disabled: boolean;
  readonly onBands: (bands: Policy['items'][number]['bands']) => void;
}) {
  const [text, setText] = useState(() => bands.map(({ bound, share }) => `${bound}:${share}`).join(', '));
  const read = text
    .split(/[,，、]/u)
    .map((part) => BAND.exec(part))
    .map((match) => (match === null ? null : { bound: Number(match[1]), share: Number(match[2]) }));
  const good = read.every((band) => band !== null && band.share <= 100 && Number.isFinite(band.bound));
  return (
    <input
      className={styles.long}
      aria-label={label}
      aria-invalid={good ? undefined : true}
      autoComplete="off"
      disabled={disabled}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => good && onBands(read.flatMap((band) => band ?? []))}
    />
  );
}
