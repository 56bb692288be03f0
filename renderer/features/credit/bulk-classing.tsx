import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ClassChoice, type ClassWish, classText } from '../../ui/classing/class-choice.tsx';
import { ClassPreview } from '../../ui/classing/class-preview.tsx';
import tables from '../../ui/dealings/dealings.module.css';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type FieldKit, useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './list.module.css';

type Preview = OutputOf<'classification.preview'>;
const numbersIn = (text: string): string[] => [...new Set(text.toUpperCase().match(/[\p{L}\d][\p{L}\d/_-]*/gu) ?? [])];

/** Many customers classed at once: previewed, applied with a reason, undone as one (K1–K3, 151). */
export function BulkClassing({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const kit = useFieldKit();
  const [wish, setWish] = useState<ClassWish>({ field: 'tier', value: 'key' });
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const apply = useArchiveCommand('classification.apply');
  const numbers = numbersIn(text);
  const forget = () => setPreview(null);
  const look = async (): Promise<void> => {
    setError(null);
    try {
      setPreview(await archive.call('classification.preview', { ...wish, numbers }));
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };
  const settle = (): void => {
    if (preview === null) return;
    apply.mutateAsync({ ...wish, numbers: preview.changes.map((change) => change.number), reason: reason.trim() }).then(
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
          <ClassChoice
            kit={kit}
            wish={wish}
            onWish={(next) => {
              setWish(next);
              forget();
            }}
          />
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
          {preview !== null && <ClassPreview kit={kit} field={wish.field} preview={preview} />}
        </form>
      )}
      <Acts mayChange={mayChange} kit={kit} />
    </>
  );
}

function Acts({ mayChange, kit }: { readonly mayChange: boolean; readonly kit: FieldKit }) {
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
              <td>{`${t(`credit.class.f.${act.field}`)} → ${classText(kit, act.field, act.value)}`}</td>
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
