import { Select, TextInput } from '@mantine/core';
import { IconCalendarPlus, IconMailForward, IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Loan } from '../../../shared/contract/custody.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { returnProblem } from './counter-state.ts';
import { ExtendForm, RemindForm } from './loan-acts.tsx';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';

interface ReturnFormProps {
  readonly loan: Loan;
  readonly paper: Paper;
  readonly onReturned: (loan: Loan) => void;
  /** Extended or reminded: it is still out. */
  readonly onChanged: (loan: Loan) => void;
  readonly onBack: () => void;
}

/** A paper comes back (B2): pages counted, condition said; Enter takes it. Or the loan is extended, or its borrower reminded. */
export function ReturnForm({ loan, paper, onReturned, onChanged, onBack }: ReturnFormProps) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const take = useArchiveCommand('loans.return');
  const [pages, setPages] = useState('');
  const [condition, setCondition] = useState<Loan['conditionOut']>('intact');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [other, setOther] = useState<'extend' | 'remind' | null>(null);
  const counted = parseTypedNumber(pages, true);
  const problem = returnProblem(loan.pagesOut, typeof counted === 'number' && counted >= 0 ? counted : null, condition);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (problem !== null || typeof counted !== 'number' || take.isPending) return;
    try {
      onReturned(
        await take.mutateAsync({
          loanNumber: loan.loanNumber,
          pagesIn: counted,
          conditionIn: condition,
          note: note.trim(),
        }),
      );
    } catch {
      // Said above the form.
    }
  };
  const short = typeof counted === 'number' && counted !== loan.pagesOut;
  const overdue = loan.state === 'overdue';
  return (
    <div className={styles.form}>
      <h2 className={styles.formTitle}>{t('loans.returnForm')}</h2>
      <PaperSlip paper={paper} />
      <dl className={styles.loanFacts}>
        <div>
          <dt>{t('loans.borrower')}</dt>
          <dd>
            {loan.borrower} <span className={styles.soft}>{loan.department}</span>
          </dd>
        </div>
        <div>
          <dt>{t('loans.lentAt')}</dt>
          <dd>{formats.day(loan.lentAt)}</dd>
        </div>
        <div data-overdue={overdue || undefined}>
          <dt>{t('loans.due')}</dt>
          <dd>
            {formats.day(loan.due)} {overdue && t('loans.daysOverdue', { count: loan.daysOverdue })}
          </dd>
        </div>
        <div>
          <dt>{t('loans.purpose')}</dt>
          <dd>{loan.purpose}</dd>
        </div>
        {loan.reminders.length > 0 && (
          <div>
            <dt>{t('loans.reminded')}</dt>
            <dd>{loan.reminders.map((one) => `${formats.day(one.at)} ${one.method}`).join(t('form.listSeparator'))}</dd>
          </div>
        )}
      </dl>
      {other === 'extend' && <ExtendForm loan={loan} onDone={onChanged} onClose={() => setOther(null)} />}
      {other === 'remind' && <RemindForm loan={loan} onDone={onChanged} onClose={() => setOther(null)} />}
      {other === null && (
        <form
          className={styles.form}
          onSubmit={(event) => void submit(event)}
          noValidate
          aria-label={t('loans.returnForm')}
        >
          <ErrorNote error={take.error} showFields />
          <div className={styles.two}>
            <TextInput
              label={t('loans.pagesIn', { pages: loan.pagesOut })}
              required
              autoFocus
              inputMode="numeric"
              size="md"
              value={pages}
              error={tried && problem === 'count' ? t('loans.countNeeded') : null}
              onChange={(event) => setPages(event.currentTarget.value)}
            />
            <Select
              label={t('loans.conditionIn')}
              data={CONDITIONS.map((one) => ({ value: one, label: t(`condition.${one}`) }))}
              value={condition}
              onChange={(next) => setCondition((next ?? 'intact') as Loan['conditionOut'])}
              error={
                problem === 'explain' && (tried || short) ? t('loans.explainNeeded', { out: loan.pagesOut }) : null
              }
            />
          </div>
          {condition !== 'intact' && (
            <TextInput
              label={t('loans.note')}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          <div className={styles.formActions}>
            <Button onClick={onBack} keys="escape">
              {t('kit.back')}
            </Button>
            <Button type="submit" kind="primary" size="large" keys="enter" busy={take.isPending}>
              {t('loans.takeBack')}
            </Button>
          </div>
          <div className={styles.others}>
            <Button size="small" kind="quiet" icon={IconCalendarPlus} onClick={() => setOther('extend')}>
              {t('loans.extend')}
            </Button>
            <Button size="small" kind="quiet" icon={IconMailForward} onClick={() => setOther('remind')}>
              {t('loans.remind')}
            </Button>
            <Button
              size="small"
              kind="quiet"
              icon={IconPrinter}
              onClick={() => print({ form: 'loanForm', number: loan.loanNumber })}
            >
              {t('loans.print')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
