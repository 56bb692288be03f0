import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, cardFields } from '../../../shared/domain/form-fields.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CardFromBackup } from '../../ui/backups/card-from-backup.tsx';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { changedLabel, type FieldWords } from '../../ui/fields/field-words.ts';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ValueSides } from '../../ui/fields/value-sides.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './history.module.css';

type Change = OutputOf<'customers.history'>['changes'][number];

interface HistoryDrawerProps {
  readonly kind: CardKind;
  readonly number: string;
  /** One field only; empty: all. */
  readonly field: string;
  readonly onField: (field: string) => void;
  readonly words: FieldWords;
  readonly onClose: () => void;
  /** The revision a former value is put back on; null for readers who may change nothing, or while the card is filled in. */
  readonly restoreOn: number | null;
}

/** Changes that were made together: one saving of the card. */
interface Saving {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly evidence: string;
  /** Number of the merged card under which it was saved. */
  readonly origin: string;
  readonly changes: readonly Change[];
}

export function savingsOf(changes: readonly Change[]): readonly Saving[] {
  const savings = new Map<string, Change[]>();
  for (const change of changes) {
    const saving = `${change.origin} ${change.revision}`;
    savings.set(saving, [...(savings.get(saving) ?? []), change]);
  }
  return [...savings.values()].map((own) => {
    const [first] = own;
    return {
      revision: first?.revision ?? 0,
      at: first?.at ?? '',
      by: first?.by ?? '',
      evidence: first?.evidence ?? '',
      origin: first?.origin ?? '',
      changes: own,
    };
  });
}

/** Every change of the card, newest first, old and new side by side (C6). */
export function HistoryDrawer({ kind, number, field, onField, words, onClose, restoreOn }: HistoryDrawerProps) {
  const { t } = words;
  const formats = useFormats();
  const [comparing, setComparing] = useState(false);
  const [fromBackup, setFromBackup] = useState(false);
  const restore = useArchiveCommand('customers.restore');
  const putBack = (change: Change): void => {
    if (restoreOn === null) return;
    restore
      .mutateAsync({
        number,
        revision: restoreOn,
        field: change.field,
        auditSequence: change.auditSequence,
        evidence: t('cards.history.restoredEvidence', { day: formats.day(change.at) }),
      })
      .then(
        () => toast(t('cards.history.restored', { field: labelOf(change.field) })),
        () => undefined,
      );
  };
  const labelOf = (key: string): string => changedLabel(kind, key, words);
  const history = useArchiveQuery(
    'customers.history',
    { number, ...(field === '' ? {} : { field }), limit: 500 },
    { keepPrevious: true },
  );
  return (
    <Drawer title={t('cards.history.title')} onClose={onClose}>
      <div className={styles.ways}>
        <Button kind="link" aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
          {t(comparing ? 'cards.history.byChange' : 'cards.history.compare')}
        </Button>
        {restoreOn !== null && (
          <Button kind="link" onClick={() => setFromBackup(true)}>
            {t('backups.cardFrom')}
          </Button>
        )}
      </div>
      {fromBackup && <CardFromBackup number={number} onClose={() => setFromBackup(false)} />}
      {comparing && <Compare kind={kind} number={number} words={words} labelOf={labelOf} />}
      <ErrorNote error={restore.error} showFields />
      {!comparing && (
        <label className={styles.filter}>
          <span>{t('cards.history.field')}</span>
          <select value={field} onChange={(event) => onField(event.currentTarget.value)}>
            <option value="">{t('cards.history.allFields')}</option>
            {cardFields(kind, words.forms).map((definition) => (
              <option key={definition.key} value={definition.key}>
                {words.ownLabel(kind, definition.key)}
              </option>
            ))}
          </select>
        </label>
      )}
      {history.error !== null && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      {history.isPending && <LoadingSkeleton shape="form" />}
      {history.data !== undefined && history.data.changes.length === 0 && (
        <EmptyState title={t('cards.history.empty')}>{t('cards.history.emptyText')}</EmptyState>
      )}
      {(comparing ? [] : savingsOf(history.data?.changes ?? [])).map((saving) => (
        <section key={`${saving.origin} ${saving.revision}`} className={styles.saving}>
          <h3 className={styles.when}>
            {formats.instant(saving.at)}
            <span className={styles.who}>
              {saving.by}
              {saving.evidence !== '' && ` · ${saving.evidence}`}
              {saving.origin !== '' && ` · ${t('cards.history.origin', { number: saving.origin })}`}
            </span>
          </h3>
          {saving.changes.map((change) => (
            <div key={change.field} className={styles.change}>
              <p className={styles.field}>
                {labelOf(change.field)}
                {restoreOn !== null && (
                  <Button
                    kind="link"
                    icon={IconArrowBackUp}
                    disabled={restore.isPending}
                    aria-label={t('cards.history.restoreOf', {
                      field: labelOf(change.field),
                      day: formats.day(change.at),
                    })}
                    onClick={() => putBack(change)}
                  >
                    {t('cards.history.restore')}
                  </Button>
                )}
              </p>
              <ValueSides
                kind={kind}
                field={change.field}
                words={words}
                left={{ said: t('cards.history.from'), value: change.from }}
                right={{ said: t('cards.history.to'), value: change.to }}
              />
            </div>
          ))}
        </section>
      ))}
    </Drawer>
  );
}

/** What the card said on a day beside what it says now: the fields that differ. */
function Compare({
  kind,
  number,
  words,
  labelOf,
}: Pick<HistoryDrawerProps, 'kind' | 'number' | 'words'> & { readonly labelOf: (key: string) => string }) {
  const { t } = words;
  const [text, setText] = useState('');
  const day = parseTypedDate(text);
  const at = typeof day === 'string' ? new Date(`${day}T23:59:59.999`).toISOString() : '';
  const compared = useArchiveQuery('customers.compare', { number, at }, { enabled: at !== '' });
  return (
    <section className={styles.saving} aria-label={t('cards.history.compare')}>
      <label className={styles.filter}>
        <span>{t('cards.history.asOf')}</span>
        <input
          value={text}
          placeholder={t('form.placeholder.date')}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {compared.error !== null && <ErrorState error={compared.error} />}
      {at !== '' && compared.data?.differences.length === 0 && (
        <p className={styles.field}>{t('cards.history.noDifference')}</p>
      )}
      {at !== '' &&
        compared.data?.differences.map((one) => (
          <div key={one.field} className={styles.change}>
            <p className={styles.field}>{labelOf(one.field)}</p>
            <ValueSides
              kind={kind}
              field={one.field}
              words={words}
              left={{ said: t('cards.history.then'), value: one.former }}
              right={{ said: t('cards.history.now'), value: one.present }}
            />
          </div>
        ))}
    </section>
  );
}
