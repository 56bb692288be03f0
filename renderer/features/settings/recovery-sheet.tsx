import { PasswordInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { useActingRole, useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ApproverFields, NO_APPROVER, useApproval } from '../../ui/form/approver-fields.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';

/** A new recovery key when the sheet was used or is lost (security §6): shown and printed once, then typed back. */
export function RecoverySheet() {
  const { t } = useText();
  const print = usePrint();
  const role = useActingRole();
  const unconfirmed = useSession((state) => state.session?.recoveryKeyUnconfirmed) ?? false;
  const open = useDialogs((state) => state.open);
  const [secret, setSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const reissue = useArchiveCommand('keys.reissueRecovery');
  const approval = useApproval(approver, reissue.error, { act: 'reissueRecovery' });
  if (role !== 'keeper') return null;
  const ready = secret !== '' && approval.ready;
  const made = reissue.data?.recoveryKey;
  return (
    <Section title={t('recovery.title')} note={t('recovery.note')}>
      {made !== undefined && unconfirmed ? (
        <div className={styles.form}>
          <p className={styles.lead}>{t('recovery.once')}</p>
          <output className={styles.mono} style={{ fontSize: 16, lineHeight: '28px', overflowWrap: 'anywhere' }}>
            {(made.match(/.{1,4}/gu) ?? []).join(' ')}
          </output>
          <div className={styles.tabs}>
            <Button kind="primary" icon={IconPrinter} onClick={() => print({ form: 'recoverySheet' })}>
              {t('recovery.print')}
            </Button>
            <Button onClick={() => open('confirmRecoveryKey')}>{t('app.recoveryConfirm')}</Button>
          </div>
          <p className={styles.lead}>{t('recovery.rotate')}</p>
        </div>
      ) : (
        <form
          noValidate
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            const witness = approval.input.approver;
            reissue.mutateAsync({ secret, ...(witness === undefined ? {} : { witness }) }).then(
              () => {
                setSecret('');
                setApprover(NO_APPROVER);
              },
              () => undefined,
            );
          }}
        >
          <p className={styles.lead}>{t('recovery.text')}</p>
          <PasswordInput
            label={t('settings.currentSecret')}
            required
            autoComplete="off"
            value={secret}
            visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <ApproverFields value={approver} onChange={setApprover} approval={approval} />
          <ErrorNote error={approval.code.isAsked ? null : reissue.error} showFields />
          <div className={styles.tabs}>
            <Button type="submit" busy={reissue.isPending} disabled={!ready}>
              {t('recovery.reissue')}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}
