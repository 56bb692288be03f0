import { TextInput } from '@mantine/core';
import { IconFileDescription, IconListSearch, IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { RowSource } from '../../ui/table/row-source.ts';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import type { BlankForm } from './counter-state.ts';
import styles from './loans.module.css';
import { Outages } from './outages.tsx';
import { showLetters } from './show-letters.ts';

type Blank = OutputOf<'loans.reservedForms'>['forms'][number];

/** Numbered blank forms for a day without the machine: reserved and printed here, keyed in later under their numbers. */
export function BlankForms({
  mayAct,
  onKeyIn,
}: {
  readonly mayAct: boolean;
  readonly onKeyIn: (blank: BlankForm) => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const reserve = useArchiveCommand('loans.reserveForms');
  const print = usePrint();
  const [count, setCount] = useState('10');
  const [letters, setLetters] = useState('');
  const [markedNumber, setMarked] = useState<string | null>(null);
  const [voiding, setVoiding] = useState<Blank | null>(null);
  const input = useMemo(() => ({ onlyOpen: false }), []);
  const source = useArchivePages('loans.reservedForms', input, (answer) => ({
    rows: answer.forms,
    total: answer.total,
  }));
  // As it stands now: it is used once it has been keyed in.
  const marked = rowsOf(source).find((row) => row.number === markedNumber);
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
  const columns = useMemo<readonly Column<Blank>[]>(
    () => [
      {
        id: 'number',
        header: t('loans.column.number'),
        width: 140,
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'reserved',
        header: t('loans.column.reserved'),
        width: 110,
        cell: (row) => <DateText value={row.reservedAt} />,
        text: (row) => formats.day(row.reservedAt),
      },
      {
        id: 'by',
        header: t('loans.column.by'),
        width: 110,
        cell: (row) => row.reservedBy,
        text: (row) => row.reservedBy,
      },
      {
        id: 'state',
        header: t('loans.column.state'),
        width: 100,
        cell: (row) => <Tag tone={row.state === 'free' ? 'amber' : 'plain'}>{t(`loans.blank.${row.state}`)}</Tag>,
        text: (row) => t(`loans.blank.${row.state}`),
      },
      {
        id: 'reason',
        header: t('kit.reason'),
        width: 160,
        grow: true,
        cell: (row) => row.reason,
        text: (row) => row.reason,
      },
    ],
    [t, formats],
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
          {marked?.state === 'free' ? (
            <>
              <Button kind="primary" keys="enter" onClick={() => onKeyIn(marked)}>
                {t('loans.keyIn', { number: marked.number })}
              </Button>
              <Button kind="quiet" onClick={() => setVoiding(marked)}>
                {t('loans.blankVoid', { number: marked.number })}
              </Button>
            </>
          ) : (
            <span className={styles.soft}>{t('loans.blankChoose')}</span>
          )}
        </div>
      )}
      <Outages mayAct={mayAct} />
      <div className={styles.table}>
        <DataTable
          id="loans-blanks"
          label={t('loans.tab.blanks')}
          columns={columns}
          source={source}
          rowKey={(row) => row.number}
          onSelect={(row) => setMarked(row.number)}
          onOpen={(row) => mayAct && row.state === 'free' && onKeyIn(row)}
          empty={
            <EmptyState icon={IconFileDescription} title={t('loans.empty.blanks')}>
              {t('loans.emptyText.blanks')}
            </EmptyState>
          }
        />
      </div>
      {voiding !== null && <VoidBlank blank={voiding} onClose={() => setVoiding(null)} />}
    </div>
  );
}

function VoidBlank({ blank, onClose }: { readonly blank: Blank; readonly onClose: () => void }) {
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

function rowsOf(source: RowSource<Blank>): readonly Blank[] {
  return Array.from({ length: source.total ?? 0 }, (_, index) => source.rowAt(index)).filter(
    (row) => row !== undefined,
  );
}
