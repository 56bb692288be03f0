import { TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LoanForm } from '../../../shared/contract/loan-records.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { ActForm } from './loan-act-forms.tsx';
import styles from './loans.module.css';

interface PreparedProps {
  readonly form: LoanForm;
  readonly onSigned: (form: LoanForm) => void;
  readonly onPutBack: (form: LoanForm) => void;
}

/** Taken out and written on the form; it goes out with the signature, or back to its place (B1). Enter says that it is signed. */
export function Prepared({ form, onSigned, onPutBack }: PreparedProps) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const sign = useArchiveCommand('loans.sign');
  const back = useArchiveCommand('loans.putBack');
  const [unsigned, setUnsigned] = useState(false);
  const [reason, setReason] = useState('');
  const signed = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!unsigned) signed.current?.focus();
  }, [unsigned]);
  const { loanNumber } = form;
  const run = (): void => print({ form: 'loanForm', number: loanNumber });
  useShortcut('mod+p', run, { labelKey: 'loans.print', inInputs: true });
  const [first] = form.items;
  if (unsigned)
    return (
      <ActForm
        title={t('loans.putBack')}
        submitLabel={t('loans.putBack')}
        busy={back.isPending}
        maySubmit={reason.trim() !== ''}
        onSubmit={() => back.mutateAsync({ loanNumber, reason: reason.trim() }).then(onPutBack, () => undefined)}
        onClose={() => setUnsigned(false)}
      >
        <ErrorNote error={back.error} />
        <TextInput
          label={t('kit.reason')}
          required
          autoFocus
          maxLength={400}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActForm>
    );
  return (
    <div className={styles.outcome} data-waiting role="status">
      <p className={styles.outcomeTitle}>{t('loans.prepared')}</p>
      <p className={styles.big}>{form.borrower}</p>
      <p>{form.items.length > 1 ? t('loans.lentCount', { count: form.items.length }) : first?.title}</p>
      {form.stays.length > 0 && <p className={styles.soft}>{t('loans.binderStays', { count: form.stays.length })}</p>}
      <p className={styles.due}>{t('loans.dueOn', { day: formats.longDay(form.due) })}</p>
      <p className={styles.soft}>
        {loanNumber}
        {form.approvedBy !== '' && `　${t('loans.agreedBy', { name: form.approvedBy })}`}
      </p>
      <p>{t('loans.preparedText')}</p>
      <ErrorNote error={sign.error} />
      <div className={styles.outcomeActions}>
        <Button
          ref={signed}
          kind="primary"
          size="large"
          keys="enter"
          busy={sign.isPending}
          onClick={() => sign.mutateAsync({ loanNumber }).then(onSigned, () => undefined)}
        >
          {t('loans.signedNow')}
        </Button>
        <Button icon={IconPrinter} keys="mod+p" onClick={run}>
          {t('loans.print')}
        </Button>
        <Button kind="quiet" onClick={() => setUnsigned(true)}>
          {t('loans.notSigned')}
        </Button>
      </div>
    </div>
  );
}
