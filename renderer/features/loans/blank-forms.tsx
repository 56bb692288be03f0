import { TextInput } from '@mantine/core';
import { IconFileDescription, IconListSearch, IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import type { BlankForm } from './counter-state.ts';
import styles from './loans.module.css';
import { Outages } from './outages.tsx';
import { showLetters } from './show-letters.ts';

const NEEDED = ['state', 'reservedAt'];
const blankOf = (row: RecordRow): BlankForm => ({ number: row.key, reservedAt: textAt(row, 'reservedAt') });

/** Numbered blank forms for a day without the machine: reserved and printed here, keyed in later under their numbers. */
export function BlankForms({
  mayAct,
  onKeyIn,
}: {
  readonly mayAct: boolean;
  readonly onKeyIn: (blank: BlankForm) => void;
}) {
  const { t } = useText();
  const reserve = useArchiveCommand('loans.reserveForms');
  const print = usePrint();
  const [count, setCount] = useState('10');
  const [letters, setLetters] = useState('');
  const [marked, setMarked] = useState<RecordRow | null>(null);
  const [voiding, setVoiding] = useState<BlankForm | null>(null);
  // It is used once it has been keyed in.
  const keyIn = (row: RecordRow): void => {
    setMarked(null);
    onKeyIn(blankOf(row));
  };
  const wanted = parseTypedNumber(count, true);
  const may = typeof wanted === 'number' && wanted >= 1 && wanted <= 50;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!may || reserve.isPending) return;
    reserve.mutateAsync({ count: wanted }).then(
      (answer) => showLetters(answer, t('loans.blankTitle')),
      () => undefined,
    );
  };
  const cells = useMemo<RecordCells>(
    () => ({
      number: { width: 140 },
      state: {
        width: 100,
        cell: (row) => {
          const state = textAt(row, 'state');
          return <Tag tone={state === 'free' ? 'amber' : 'plain'}>{t(`loans.blank.${state}`)}</Tag>;
        },
      },
      reason: { width: 160, grow: true },
    }),
    [t],
  );
  return (
    <div className={styles.stack}>
      {mayAct && (
        <form className={styles.bar} onSubmit={submit} noValidate aria-label={t('loans.blankTitle')}>
          <TextInput
            aria-label={t('loans.blankCount')}
            inputMode="numeric"
            w={72}
            value={count}
            onChange={(event) => setCount(event.currentTarget.value)}
          />
          <Button type="submit" icon={IconPrinter} busy={reserve.isPending} disabled={!may}>
            {t('loans.blankPrint')}
          </Button>
          <TextInput
            aria-label={t('loans.indexLetters')}
            placeholder={t('loans.indexLetters')}
            w={96}
            maxLength={9}
            value={letters}
            onChange={(event) => setLetters(event.currentTarget.value)}
          />
          <Button icon={IconListSearch} onClick={() => print({ form: 'lookupIndex', number: letters.trim() })}>
            {t('loans.printIndex')}
          </Button>
          <ErrorNote error={reserve.error} />
        </form>
      )}
      {mayAct && (
        <div className={styles.marked}>
          {marked !== null && textAt(marked, 'state') === 'free' ? (
            <>
              <Button kind="primary" keys="enter" onClick={() => keyIn(marked)}>
                {t('loans.keyIn', { number: marked.key })}
              </Button>
              <Button kind="quiet" onClick={() => setVoiding(blankOf(marked))}>
                {t('loans.blankVoid', { number: marked.key })}
              </Button>
            </>
          ) : (
            <span className={styles.soft}>{t('loans.blankChoose')}</span>
          )}
        </div>
      )}
      <Outages mayAct={mayAct} />
      <div className={styles.table}>
        <RecordList
          list="blankForms"
          label={t('loans.tab.blanks')}
          cells={cells}
          needs={NEEDED}
          onSelect={setMarked}
          onOpen={(row) => mayAct && textAt(row, 'state') === 'free' && keyIn(row)}
          empty={
            <EmptyState icon={IconFileDescription} title={t('loans.empty.blanks')}>
              {t('loans.emptyText.blanks')}
            </EmptyState>
          }
        />
      </div>
      {voiding !== null && (
        <VoidBlank
          blank={voiding}
          onClose={() => {
            setVoiding(null);
            setMarked(null);
          }}
        />
      )}
    </div>
  );
}

function VoidBlank({ blank, onClose }: { readonly blank: BlankForm; readonly onClose: () => void }) {
  const { t } = useText();
  const run = useArchiveCommand('loans.voidForm');
  const [reason, setReason] = useState('');
  const title = t('loans.blankVoid', { number: blank.number });
  return (
    <FormDialog
      title={title}
      submitLabel={title}
      busy={run.isPending}
      maySubmit={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={() => run.mutateAsync({ number: blank.number, reason: reason.trim() }).then(onClose, () => undefined)}
    >
      <ErrorNote error={run.error} />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
