import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { LoanForm } from '../../../shared/contract/loan-records.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { ApprovalPart, type Approver } from './approval-part.tsx';
import { BinderSlip } from './binder-slip.tsx';
import { BorrowerLine } from './borrower-line.tsx';
import type { BlankForm, Proposal } from './counter-state.ts';
import { countedPages, itemOf, LendCounts, type LendItem, LendSlips } from './lend-items.tsx';
import styles from './loans.module.css';
import { type SignatureLines, SignaturePad } from './signature-pad.tsx';

interface LendFormProps {
  readonly proposal: Proposal;
  /** Typed while the answer was on its way: meant for the borrower. */
  readonly typed: string;
  /** The numbered blank that was filled in by hand, when one is keyed in. */
  readonly blank: BlankForm | null;
  readonly onLent: (form: LoanForm) => void;
  readonly onBack: () => void;
}

const PURPOSES = ['loans.purpose.visit', 'loans.purpose.contract', 'loans.purpose.collection', 'loans.purpose.audit'];

/** The borrow form (B1): who, what for, until when, in what condition, approved by whom; Enter leads through it and lends. */
export function LendForm({ proposal, typed, blank, onLent, onBack }: LendFormProps) {
  const texts = useText();
  const { t } = texts;
  const { today } = useToday();
  const { binder } = proposal;
  const lend = useArchiveCommand('loans.lend');
  const record = useArchiveCommand('agreements.record');
  const purposeField = useRef<HTMLInputElement>(null);
  const [borrower, setBorrower] = useState<ChosenStaff | null>(null);
  const [purpose, setPurpose] = useState('');
  const [items, setItems] = useState<readonly LendItem[]>(() => {
    const first = itemOf(proposal);
    return first === undefined ? [] : [first];
  });
  const [typedDue, setTypedDue] = useState<string | null>(null);
  const [approver, setApprover] = useState<Approver>({ staff: null, role: 'accountManager' });
  const [second, setSecond] = useState<Approver>({ staff: null, role: 'supervisor' });
  const [asksSecond, setAsksSecond] = useState(false);
  /** Who typed an own secret here, the first before the second. */
  const [agreedBy, setAgreedBy] = useState<readonly string[]>([]);
  const [statement, setStatement] = useState<AgreementStatement | null>(null);
  const [signature, setSignature] = useState<SignatureLines>([]);
  const [typedLentOn, setTypedLentOn] = useState<string | null>(null);
  const [override, setOverride] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);

  const dues = binder === null ? items.map((item) => item.due ?? '') : [proposal.due ?? ''];
  // Of a form filled in by hand the period runs from its own day: left empty, the archive works the due date out.
  const due = typedDue ?? (blank === null ? ([...dues].sort()[0] ?? '') : '');
  const day = blank !== null && due.trim() === '' ? undefined : parseTypedDate(due);
  const lentOn = blank === null ? today : parseTypedDate(typedLentOn ?? today);
  const onPaper = blank === null || typeof lentOn !== 'string' ? {} : { formNumber: blank.number, lentOn };
  const levels = binder === null ? [...new Set(items.flatMap((item) => item.approvalLevels))] : proposal.approvalLevels;
  const code =
    binder === null
      ? (items[0]?.paper.code ?? '')
      : `${binder.customer}${binder.class === null ? '' : `#${binder.class}`}`;
  // What may be lent depends on who asks: somebody with overdue papers or an open case gets nothing more (B2, B3).
  const own = useArchiveQuery(
    'loans.proposal',
    { code, borrowerId: borrower?.id ?? 0 },
    { enabled: borrower !== null },
  );
  const refused = borrower === null ? [] : (own.data?.refusals ?? []);
  // A manager may let an overdue paper pass, with the reason; nothing else (B2, B3).
  const mayOverride = refused.length > 0 && refused.every((reason) => reason === 'overdueLoan');
  const overrides = mayOverride && override.trim() !== '';
  const refusals = overrides ? [] : refused;
  const approval = levels.length > 0 || overrides;
  const counted = items.map(countedPages);
  const wrong = {
    borrower: borrower === null,
    purpose: purpose.trim() === '',
    due: day !== undefined && typeof day !== 'string',
    lentOn: typeof lentOn !== 'string',
    pages: counted.includes(undefined),
    second: asksSecond && second.staff !== null && second.staff.id === approver.staff?.id,
  };
  const target =
    binder === null
      ? {
          papers: items.map((item, index) => ({
            code: item.paper.code,
            pagesOut: counted[index] ?? item.paper.pages,
            conditionOut: item.condition,
          })),
        }
      : { binder: { customer: binder.customer, ...(binder.class === null ? {} : { class: binder.class }) } };

  const chooseBorrower = (next: ChosenStaff | null): void => {
    setBorrower(next);
    setAgreedBy([]);
    setAsksSecond(false);
    if (next === null) return;
    // What this person borrowed for last, and who signed for them, is proposed; both can be typed over.
    archive.call('borrowers.get', { borrowerId: next.id }).then(
      (answer) => {
        setPurpose((now) => (now === '' ? answer.lastPurpose || t('loans.purpose.visit') : now));
        setTimeout(() => purposeField.current?.select());
      },
      () => undefined,
    );
    if (approval)
      archive.call('loans.approval', { ...target, borrowerId: next.id, purpose: '-' }).then(
        (asked) => {
          setAsksSecond(asked.second !== null);
          if (asked.lastApprover === null) return;
          const { staffId, name, role } = asked.lastApprover;
          setApprover({ staff: { id: staffId, name, department: '' }, role });
        },
        () => undefined,
      );
    purposeField.current?.focus();
  };

  /** What other people have to agree to, as far as nobody has yet: the first, then the second where two are asked for. */
  const openStatements = async (): Promise<readonly AgreementStatement[]> => {
    if (borrower === null || wrong.due || wrong.lentOn || wrong.purpose) return [];
    const asked = await archive.call('loans.approval', {
      ...target,
      borrowerId: borrower.id,
      purpose: purpose.trim(),
      ...(overrides ? { override: override.trim() } : {}),
      ...(typeof day === 'string' ? { due: day } : {}),
      ...(typeof lentOn === 'string' ? { lentOn } : {}),
    });
    setAsksSecond(asked.second !== null);
    return !asked.needed
      ? []
      : [asked, ...(asked.second === null ? [] : [asked.second])].flatMap(({ standing, statement: open }) =>
          standing === 'valid' ? [] : [open],
        );
  };
  const lendNow = async (): Promise<void> => {
    if (borrower === null || wrong.due || wrong.lentOn) return;
    onLent(
      await lend.mutateAsync({
        ...target,
        borrowerId: borrower.id,
        purpose: purpose.trim(),
        ...(overrides ? { override: override.trim() } : {}),
        // B1: nothing is out until it is signed: on the printed form, which is still to come.
        signed: blank === null && signature.length === 0 ? 'later' : 'done',
        ...(typeof day === 'string' ? { due: day } : {}),
        ...onPaper,
        signature: [...signature],
      }),
    );
  };
  /** Whoever signed the form is recorded; whoever has not is asked for an own secret, one after the other. Then it is lent. */
  const approveAndLend = async (): Promise<void> => {
    for (const open of approval ? await openStatements() : []) {
      const { staff, role } = open.kind === 'loanSecond' ? second : approver;
      if (staff === null) return setStatement(open);
      await record.mutateAsync({
        statement: { ...open, lines: [...open.lines] },
        staffId: staff.id,
        role,
        signedOn: typeof lentOn === 'string' ? lentOn : today,
      });
    }
    await lendNow();
  };
  const attempt = (act: () => Promise<void>): void => {
    setFailure(null);
    act().catch((thrown: unknown) => setFailure(AppError.from(thrown)));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).includes(true) || refusals.length > 0 || lend.isPending || record.isPending) return;
    attempt(approveAndLend);
  };
  const said = (bad: boolean, key: string): string | null => (tried && bad ? t(key) : null);
  return (
    <>
      <form className={styles.form} onSubmit={submit} noValidate aria-label={t('loans.lendForm')}>
        <h2 className={styles.formTitle}>
          {blank === null ? t('loans.lendForm') : t('loans.keyInForm', { number: blank.number })}
        </h2>
        {binder === null ? <LendSlips items={items} onItems={setItems} /> : <BinderSlip binder={binder} />}
        <ErrorNote error={failure} showFields />
        <StaffSelect
          label={t('loans.borrower')}
          autoFocus
          typed={typed}
          value={borrower}
          onChange={chooseBorrower}
          error={said(wrong.borrower, 'loans.borrowerNeeded')}
        />
        {borrower !== null && <BorrowerLine borrowerId={borrower.id} refusals={refused} />}
        {mayOverride && (
          <TextInput
            label={t('loans.override')}
            description={t('loans.overrideHelp')}
            maxLength={400}
            value={override}
            onChange={(event) => setOverride(event.currentTarget.value)}
          />
        )}
        <div className={blank === null ? styles.purposeLine : styles.keyedLines}>
          <TextInput
            ref={purposeField}
            label={t('loans.purpose')}
            required
            maxLength={2000}
            list="loan-purposes"
            value={purpose}
            error={said(wrong.purpose, 'validation.required')}
            onChange={(event) => setPurpose(event.currentTarget.value)}
          />
          {blank !== null && (
            <TextInput
              label={t('loans.lentOn')}
              required
              value={typedLentOn ?? today}
              error={said(wrong.lentOn, 'validation.date') ?? fieldErrorAt(failure, 'lentOn', texts)}
              onChange={(event) => setTypedLentOn(event.currentTarget.value)}
              onBlur={() => typeof lentOn === 'string' && setTypedLentOn(lentOn)}
            />
          )}
          <TextInput
            label={t('loans.due')}
            required={blank === null}
            placeholder={blank === null ? '' : t('loans.dueByRule')}
            value={due}
            error={said(wrong.due, 'validation.date') ?? fieldErrorAt(failure, 'due', texts)}
            onChange={(event) => setTypedDue(event.currentTarget.value)}
            onBlur={() => typeof day === 'string' && setTypedDue(day)}
          />
        </div>
        <datalist id="loan-purposes">
          {PURPOSES.map((key) => (
            <option key={key} value={t(key)} />
          ))}
        </datalist>
        {approval && (
          <ApprovalPart
            levels={levels}
            agreedBy={agreedBy}
            approver={approver}
            onApprover={setApprover}
            second={asksSecond ? second : null}
            onSecond={setSecond}
            sameTwice={wrong.second}
            onSecret={() => {
              setTried(true);
              attempt(async () => setStatement((await openStatements())[0] ?? null));
            }}
          />
        )}
        {binder === null && <LendCounts items={items} tried={tried} onItems={setItems} />}
        {blank === null && <SignaturePad lines={signature} onLines={setSignature} />}
        <div className={styles.formActions}>
          <Button onClick={onBack} keys="escape">
            {t('kit.back')}
          </Button>
          <Button
            type="submit"
            kind="primary"
            size="large"
            keys="enter"
            busy={lend.isPending || record.isPending}
            disabled={refusals.length > 0}
          >
            {items.length > 1 ? t('loans.lendCount', { count: items.length }) : t('loans.lend')}
          </Button>
        </div>
      </form>
      {statement !== null && (
        <AgreementDialog
          key={statement.kind}
          statement={statement}
          onAgreed={(agreement) => {
            setAgreedBy([...agreedBy, agreement.name]);
            attempt(approveAndLend);
          }}
          onClose={() => setStatement(null)}
        />
      )}
    </>
  );
}
