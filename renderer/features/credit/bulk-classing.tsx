import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { CLASS_FIELDS, type ClassField } from '../../../shared/domain/classification.ts';
import { optionLabelKey, optionsOf } from '../../../shared/domain/forms/option-sets.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import tables from '../../ui/dealings/dealings.module.css';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './list.module.css';

type Preview = OutputOf<'classification.preview'>;
const numbersIn = (text: string): string[] => [...new Set(text.toUpperCase().match(/[\p{L}\d][\p{L}\d/_-]*/gu) ?? [])];

/** Many customers classed at once: previewed, applied with a reason, undone as one (K1–K3, 151). */
export function BulkClassing({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const [field, setField] = useState<ClassField>('tier');
  const [value, setValue] = useState('key');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const apply = useArchiveCommand('classification.apply');
  const words = (of: ClassField, one: string): string =>
    one === '' ? '—' : of === 'routeOrder' ? one : t(optionLabelKey(of, one));
  const numbers = numbersIn(text);
  const forget = () => setPreview(null);
  const look = async (): Promise<void> => {
    setError(null);
    try {
      setPreview(await archive.call('classification.preview', { field, value, numbers }));
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };
  const settle = (): void => {
    if (preview === null) return;
    apply
      .mutateAsync({ field, value, numbers: preview.changes.map((change) => change.number), reason: reason.trim() })
      .then(
        (done) => {
          toast(t('credit.class.applied', { count: done.changed }));
          setPreview(null);
          setText('');
        },
        () => undefined,
      );
  };
  return (
    <>
      {mayChange && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void look();
          }}
        >
          <ErrorNote error={error ?? apply.error} showFields />
          <div className={styles.bar}>
            <Select
              label={t('credit.class.field')}
              data={CLASS_FIELDS.map((one) => ({ value: one, label: t(`credit.class.f.${one}`) }))}
              value={field}
              allowDeselect={false}
              onChange={(next) => {
                const chosen = CLASS_FIELDS.find((one) => one === next) ?? 'tier';
                setField(chosen);
                setValue(chosen === 'routeOrder' ? '10' : (optionsOf(chosen)[0] ?? ''));
                forget();
              }}
            />
            {field === 'routeOrder' ? (
              <TextInput
                label={t('credit.class.value')}
                value={value}
                onChange={(event) => {
                  setValue(event.currentTarget.value.trim());
                  forget();
                }}
              />
            ) : (
              <Select
                label={t('credit.class.value')}
                data={optionsOf(field).map((one) => ({ value: one, label: t(optionLabelKey(field, one)) }))}
                value={value}
                allowDeselect={false}
                onChange={(next) => {
                  setValue(next ?? '');
                  forget();
                }}
              />
            )}
          </div>
          <Textarea
            className={styles.numbers ?? ''}
            label={t('credit.class.numbers')}
            description={t('credit.class.numbersHelp')}
            autosize
            minRows={3}
            maxRows={10}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              forget();
            }}
          />
          <TextInput
            label={t('creditPaper.reason')}
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className={styles.bar}>
            <Button type="submit" disabled={numbers.length === 0}>
              {t('credit.class.preview')}
            </Button>
            {preview !== null && (
              <Button
                kind="primary"
                busy={apply.isPending}
                disabled={preview.changes.length === 0 || reason.trim() === ''}
                onClick={settle}
              >
                {t('credit.class.apply', { count: preview.changes.length })}
              </Button>
            )}
          </div>
          {preview !== null && (
            <div role="status">
              <p className={tables.soft}>
                {t('credit.class.unchanged', { count: preview.unchanged })}
                {preview.unfit.length > 0 &&
                  ` · ${t('credit.class.unfit', { numbers: preview.unfit.map((one) => one.number).join('、') })}`}
              </p>
              <table className={tables.table} aria-label={t('credit.class.preview')}>
                <tbody>
                  {preview.changes.slice(0, 300).map((change) => (
                    <tr key={change.number}>
                      <td className={tables.nowrap}>{change.number}</td>
                      <td>{change.name}</td>
                      <td>{`${words(field, change.from)} → ${words(field, change.to)}`}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </form>
      )}
      <Acts mayChange={mayChange} words={words} />
    </>
  );
}

function Acts({
  mayChange,
  words,
}: {
  readonly mayChange: boolean;
  readonly words: (field: ClassField, value: string) => string;
}) {
  const { t } = useText();
  const formats = useFormats();
  const acts = useArchiveQuery('classification.acts', { limit: 50 }).data?.acts ?? [];
  const undo = useArchiveCommand('classification.undo');
  const take = (act: number): void => {
    undo.mutateAsync({ act }).then(
      ({ undone, kept }) =>
        toast(
          [
            t('credit.class.undone', { count: undone }),
            ...(kept.length === 0 ? [] : [t('credit.class.kept', { numbers: kept.join('、') })]),
          ].join(' · '),
        ),
      () => undefined,
    );
  };
  return (
    <Section title={t('credit.class.acts')}>
      <ErrorNote error={undo.error} />
      {acts.length === 0 && <p className={tables.soft}>{t('credit.class.noActs')}</p>}
      <table className={tables.table} aria-label={t('credit.class.acts')}>
        <tbody>
          {acts.map((act) => (
            <tr key={act.id}>
              <td className={tables.nowrap}>{formats.instant(act.at)}</td>
              <td>{act.by}</td>
              <td>{`${t(`credit.class.f.${act.field}`)} → ${words(act.field, act.value)}`}</td>
              <td className={tables.end}>{formats.number(act.customers)}</td>
              <td>{act.reason}</td>
              <td className={tables.end}>
                {act.undoneAt !== null ? (
                  <Tag>{t('credit.class.undoneAt')}</Tag>
                ) : (
                  mayChange && (
                    <Button size="small" kind="link" onClick={() => take(act.id)}>
                      {t('credit.class.undo')}
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
