import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Loan } from '../../../shared/contract/custody.ts';
import { addDays } from '../../../shared/util/days.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './loans.module.css';

interface LoanActProps {
  readonly loan: Loan;
  readonly onDone: (loan: Loan) => void;
  readonly onClose: () => void;
}

const EXTENSION_DAYS = 7;

/** A later due day, with its reason (B2). */
export function ExtendForm({ loan, onDone, onClose }: LoanActProps) {
  const { t } = useText();
  const { today } = useToday();
  const extend = useArchiveCommand('loans.extend');
  const [due, setDue] = useState(addDays([loan.due, today].sort().at(-1) ?? today, EXTENSION_DAYS));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const day = parseTypedDate(due);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (typeof day !== 'string' || reason.trim() === '') return;
    try {
      const next = await extend.mutateAsync({ loanNumber: loan.loanNumber, due: day, reason: reason.trim() });
      toast(t('loans.extended', { number: loan.loanNumber, day }));
      onDone(next);
      onClose();
    } catch {
      // Said above the form.
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate aria-label={t('loans.extend')}>
      <ErrorNote error={extend.error} showFields />
      <TextInput
        label={t('loans.newDue')}
        required
        autoFocus
        value={due}
        error={tried && typeof day !== 'string' ? t('validation.date') : null}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <TextInput
        label={t('kit.reason')}
        required
        maxLength={400}
        value={reason}
        error={tried && reason.trim() === '' ? t('validation.required') : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.formActions}>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button type="submit" kind="primary" busy={extend.isPending}>
          {t('loans.extend')}
        </Button>
      </div>
    </form>
  );
}

/** The borrower was reminded, and how. */
export function RemindForm({ loan, onDone, onClose }: LoanActProps) {
  const { t } = useText();
  const remind = useArchiveCommand('loans.remind');
  const [method, setMethod] = useState(t('loans.method.phone'));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (method.trim() === '') return;
    try {
      const next = await remind.mutateAsync({ loanNumber: loan.loanNumber, method: method.trim() });
      toast(t('loans.remindNoted', { borrower: loan.borrower }));
      onDone(next);
      onClose();
    } catch {
      // Said above the form.
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate aria-label={t('loans.remind')}>
      <ErrorNote error={remind.error} />
      <TextInput
        label={t('loans.remindMethod')}
        required
        autoFocus
        maxLength={400}
        list="remind-methods"
        value={method}
        onChange={(event) => setMethod(event.currentTarget.value)}
      />
      <datalist id="remind-methods">
        {['phone', 'mail', 'inPerson', 'letter'].map((one) => (
          <option key={one} value={t(`loans.method.${one}`)} />
        ))}
      </datalist>
      <div className={styles.formActions}>
        <Button onClick={onClose}>{t('kit.back')}</Button>
        <Button type="submit" kind="primary" busy={remind.isPending}>
          {t('loans.noteRemind')}
        </Button>
      </div>
    </form>
  );
}
