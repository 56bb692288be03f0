import { Select, TextInput } from '@mantine/core';
import { type FormEvent, useDeferredValue, useState } from 'react';
import type { Loan } from '../../../shared/contract/custody.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedDate, parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Proposal } from './counter-state.ts';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';

interface LendFormProps {
  readonly proposal: Proposal;
  readonly onLent: (loan: Loan) => void;
  readonly onBack: () => void;
}

const PURPOSES = ['loans.purpose.visit', 'loans.purpose.contract', 'loans.purpose.collection', 'loans.purpose.audit'];

/** The borrow form (B1): who, what for, until when, in what condition; Enter lends. */
export function LendForm({ proposal, onLent, onBack }: LendFormProps) {
  const { t, has } = useText();
  const { paper } = proposal;
  const lend = useArchiveCommand('loans.lend');
  const [borrower, setBorrower] = useState<string | null>(null);
  const [sought, setSought] = useState('');
  const [purpose, setPurpose] = useState('');
  const [due, setDue] = useState(proposal.due ?? '');
  const [pages, setPages] = useState(String(paper.pages));
  const [condition, setCondition] = useState<Loan['conditionOut']>('intact');
  const [approvedBy, setApprovedBy] = useState('');
  const [tried, setTried] = useState(false);
  const borrowerId = borrower === null ? undefined : Number(borrower);

  const text = useDeferredValue(sought.trim());
  const staff =
    useArchiveQuery('staff.list', { text: borrower === null ? text : '' }, { keepPrevious: true }).data?.staff ?? [];
  // What may be lent depends on who asks: somebody with overdue papers gets nothing more (B2, B3).
  const own = useArchiveQuery(
    'loans.proposal',
    { code: paper.code, ...(borrowerId === undefined ? {} : { borrowerId }) },
    { enabled: borrowerId !== undefined },
  );
  const refusals = borrowerId === undefined ? [] : (own.data?.refusals ?? []);
  const day = parseTypedDate(due);
  const counted = parseTypedNumber(pages, true);
  const wrong = {
    borrower: borrowerId === undefined,
    purpose: purpose.trim() === '',
    due: typeof day !== 'string',
    pages: typeof counted !== 'number' || counted < 0,
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (borrowerId === undefined || typeof day !== 'string' || typeof counted !== 'number') return;
    if (wrong.purpose || wrong.pages || refusals.length > 0 || lend.isPending) return;
    try {
      onLent(
        await lend.mutateAsync({
          code: paper.code,
          borrowerId,
          purpose: purpose.trim(),
          due: day,
          conditionOut: condition,
          pagesOut: counted,
          approvedBy: approvedBy.trim(),
        }),
      );
    } catch {
      // Said above the form.
    }
  };
  const said = (bad: boolean, key: string): string | null => (tried && bad ? t(key) : null);
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate aria-label={t('loans.lendForm')}>
      <h2 className={styles.formTitle}>{t('loans.lendForm')}</h2>
      <PaperSlip paper={paper} />
      <ErrorNote error={lend.error} showFields />
      <Select
        label={t('loans.borrower')}
        required
        searchable
        autoFocus
        placeholder={t('loans.borrowerHint')}
        nothingFoundMessage={t('loans.borrowerUnknown')}
        data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
        // The archive finds by pinyin and initials too: what it answers is shown as it is.
        filter={({ options }) => options}
        value={borrower}
        searchValue={sought}
        onSearchChange={(next) => {
          setSought(next);
        }}
        onChange={setBorrower}
        clearable
        error={said(wrong.borrower, 'loans.borrowerNeeded')}
      />
      {refusals.length > 0 && (
        <ul className={styles.refusals} role="alert">
          {refusals.map((reason) => (
            <li key={reason}>{has(`loanRefusal.${reason}`) ? t(`loanRefusal.${reason}`) : reason}</li>
          ))}
        </ul>
      )}
      <TextInput
        label={t('loans.purpose')}
        required
        maxLength={2000}
        list="loan-purposes"
        value={purpose}
        error={said(wrong.purpose, 'validation.required')}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <datalist id="loan-purposes">
        {PURPOSES.map((key) => (
          <option key={key} value={t(key)} />
        ))}
      </datalist>
      <div className={styles.three}>
        <TextInput
          label={t('loans.due')}
          required
          value={due}
          error={said(wrong.due, 'validation.date')}
          onChange={(event) => setDue(event.currentTarget.value)}
          onBlur={() => typeof day === 'string' && setDue(day)}
        />
        <TextInput
          label={t('loans.pagesOut')}
          required
          inputMode="numeric"
          value={pages}
          error={said(wrong.pages, 'validation.integer')}
          onChange={(event) => setPages(event.currentTarget.value)}
        />
        <Select
          label={t('loans.conditionOut')}
          data={CONDITIONS.filter((one) => one !== 'lost').map((one) => ({ value: one, label: t(`condition.${one}`) }))}
          value={condition}
          onChange={(next) => setCondition((next ?? 'intact') as Loan['conditionOut'])}
        />
      </div>
      <TextInput
        label={t('loans.approvedBy')}
        maxLength={100}
        value={approvedBy}
        onChange={(event) => setApprovedBy(event.currentTarget.value)}
      />
      <div className={styles.formActions}>
        <Button onClick={onBack} keys="escape">
          {t('kit.back')}
        </Button>
        <Button
          type="submit"
          kind="primary"
          size="large"
          keys="enter"
          busy={lend.isPending}
          disabled={refusals.length > 0}
        >
          {t('loans.lend')}
        </Button>
      </div>
    </form>
  );
}
