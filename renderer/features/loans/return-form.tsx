import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LoanForm } from '../../../shared/contract/loan-records.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { type Proposal, type Returned, returnProblem } from './counter-state.ts';
import { LoanActs } from './loan-acts.tsx';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';
import { countedBack, emptyEntry, type ReturnEntry, ReturnItem } from './return-items.tsx';
import { type SignatureLines, SignaturePad } from './signature-pad.tsx';

interface ReturnFormProps {
  readonly form: LoanForm;
  /** The item that was scanned; null when the form itself was. */
  readonly scanned: string | null;
  readonly proposal: Proposal;
  /** Typed while the answer was on its way: meant for the count. */
  readonly typed: string;
  /** `earlier`: it came back on an earlier day, by hand. */
  readonly onReturned: (result: Returned, earlier: boolean) => void;
  /** Extended, recalled, reminded, waited for: it is still out. */
  readonly onChanged: () => void;
  readonly onBreach: (number: string) => void;
  readonly onBack: () => void;
}

/** What comes back (B2): all items or some, pages counted, condition said; Enter takes them. Or something else is done with the loan. */
export function ReturnForm({
  form,
  scanned,
  proposal,
  typed,
  onReturned,
  onChanged,
  onBreach,
  onBack,
}: ReturnFormProps) {
  const texts = useText();
  const { t } = texts;
  const take = useArchiveCommand('loans.return');
  const open = form.items.filter((item) => item.state !== 'returned');
  const several = open.length > 1;
  const [entries, setEntries] = useState<Readonly<Record<string, ReturnEntry>>>({});
  const [tried, setTried] = useState(false);
  const [acting, setActing] = useState(false);
  const { today } = useToday();
  const [signature, setSignature] = useState<SignatureLines>([]);
  const [typedDay, setTypedDay] = useState<string | null>(null);
  const day = typedDay === null ? today : parseTypedDate(typedDay);
  const entryOf = (number: string): ReturnEntry =>
    entries[number] ??
    emptyEntry(!several || number === scanned || (scanned === null && open[0]?.loanNumber === number), typed);
  const volumeOf = (code: string) => (proposal.paper?.code === code ? proposal.paper.volume : null);
  const chosen = open.filter((item) => entryOf(item.loanNumber).chosen);
  // What is still out is signed for on paper, item by item; all of it here, too.
  const mayBeSigned = typedDay === null && chosen.length === open.length;
  const ready =
    chosen.length > 0 &&
    chosen.every((item) => {
      const entry = entryOf(item.loanNumber);
      return (
        returnProblem(item.pagesOut, countedBack(entry), entry.condition, entry.missing, volumeOf(item.code)) === null
      );
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!ready || typeof day !== 'string' || take.isPending) return;
    take
      .mutateAsync({
        ...(day === today ? {} : { returnedOn: day }),
        ...(mayBeSigned ? { signature } : {}),
        items: chosen.map((item) => {
          const entry = entryOf(item.loanNumber);
          return {
            loanNumber: item.loanNumber,
            pagesIn: countedBack(entry) ?? 0,
            conditionIn: entry.condition,
            missingPages: entry.condition === 'pagesMissing' ? entry.missing : '',
            note: entry.note.trim(),
          };
        }),
      })
      .then(
        (result) => onReturned(result, day !== today),
        () => undefined,
      );
  };
  const subject = several && scanned === null ? form.loanNumber : (scanned ?? open[0]?.loanNumber ?? form.loanNumber);
  return (
    <div className={styles.form}>
      <h2 className={styles.formTitle}>
        {t('loans.returnForm')}{' '}
        {several && (
          <span className={styles.soft}>{t('loans.openOfForm', { open: form.open, count: form.items.length })}</span>
        )}
      </h2>
      {proposal.paper !== null && !several && <PaperSlip paper={proposal.paper} />}
      <LoanFacts form={form} />
      {!acting && (
        <form className={styles.form} onSubmit={submit} noValidate aria-label={t('loans.returnForm')}>
          <ErrorNote error={take.error} showFields />
          {open.map((item, index) => (
            <ReturnItem
              key={item.loanNumber}
              loan={item}
              entry={entryOf(item.loanNumber)}
              onEntry={(next) => setEntries((now) => ({ ...now, [item.loanNumber]: next }))}
              tried={tried}
              several={several}
              volume={volumeOf(item.code)}
              autoFocus={several ? item.loanNumber === scanned || (scanned === null && index === 0) : true}
            />
          ))}
          {typedDay !== null && (
            <TextInput
              label={t('loans.returnedOn')}
              required
              autoFocus
              value={typedDay}
              error={
                (tried && typeof day !== 'string' ? t('validation.date') : null) ??
                fieldErrorAt(take.error, 'returnedOn', texts)
              }
              onChange={(event) => setTypedDay(event.currentTarget.value)}
              onBlur={() => typeof day === 'string' && setTypedDay(day)}
            />
          )}
          {mayBeSigned && <SignaturePad lines={signature} onLines={setSignature} />}
          <div className={styles.formActions}>
            {typedDay === null && (
              <Button kind="quiet" onClick={() => setTypedDay(today)}>
                {t('loans.returnedEarlier')}
              </Button>
            )}
            {several && chosen.length < open.length && (
              <Button
                kind="quiet"
                onClick={() =>
                  setEntries(
                    Object.fromEntries(
                      open.map((item) => [item.loanNumber, { ...entryOf(item.loanNumber), chosen: true }]),
                    ),
                  )
                }
              >
                {t('loans.chooseAll')}
              </Button>
            )}
            <Button onClick={onBack} keys="escape">
              {t('kit.back')}
            </Button>
            <Button
              type="submit"
              kind="primary"
              size="large"
              keys="enter"
              busy={take.isPending}
              disabled={chosen.length === 0}
            >
              {chosen.length > 1 ? t('loans.takeBackCount', { count: chosen.length }) : t('loans.takeBack')}
            </Button>
          </div>
        </form>
      )}
      <LoanActs
        number={subject}
        form={form}
        code={proposal.paper?.code ?? open[0]?.code ?? ''}
        onActing={setActing}
        onChanged={onChanged}
        onBreach={onBreach}
      />
    </div>
  );
}

/** Who has it, since when, until when, what for; who was told and who waits. */
function LoanFacts({ form }: { readonly form: LoanForm }) {
  const { t } = useText();
  const formats = useFormats();
  const open = form.items.filter((item) => item.state !== 'returned');
  const late = Math.max(0, ...open.map((item) => item.daysOverdue));
  const waiting = open.reduce((sum, item) => sum + item.waiting, 0);
  const reminders = open.flatMap((item) => item.reminders);
  const recall = open.find((item) => item.recall !== null)?.recall ?? null;
  const fact = (label: string, value: React.ReactNode, overdue = false) => (
    <div data-overdue={overdue || undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <dl className={styles.loanFacts}>
      {fact(
        t('loans.borrower'),
        <>
          {form.borrower} <span className={styles.soft}>{form.department}</span>
        </>,
      )}
      {fact(t('loans.lentAt'), `${formats.day(form.lentAt)}　${form.loanNumber}`)}
      {fact(
        t('loans.due'),
        <>
          {formats.day(form.due)} {late > 0 && t('loans.daysOverdue', { count: late })}
        </>,
        late > 0,
      )}
      {fact(t('loans.purpose'), form.purpose)}
      {form.approvedBy !== '' && fact(t('loans.approvedBy'), `${form.approvedBy}　${form.agreement}`)}
      {recall !== null && fact(t('loans.recalled'), `${formats.day(recall.at)}　${recall.reason}`, true)}
      {reminders.length > 0 &&
        fact(
          t('loans.reminded'),
          [...new Set(reminders.map((one) => `${formats.day(one.at)} ${one.method}`))].join(t('form.listSeparator')),
        )}
      {waiting > 0 &&
        fact(t('loans.waitingFor'), <Tag tone="amber">{t('loans.waitingCount', { count: waiting })}</Tag>)}
      {form.stays.length > 0 && fact(t('loans.stayed'), t('loans.binderStays', { count: form.stays.length }))}
    </dl>
  );
}
