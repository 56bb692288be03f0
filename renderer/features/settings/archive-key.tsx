import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ApproverFields, NO_APPROVER, useApproval } from '../../ui/form/approver-fields.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, RefusedState } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { LastExports } from './last-exports.tsx';
import { WaitingHour } from './waiting-hour.tsx';

/** The archive under a new key (R08): what somebody who left once held opens nothing any more. Afterwards the desk is locked. */
export function ArchiveKey() {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { go } = useNavigate();
  const due = useArchiveQuery('duties.list', { duty: 'keyChange' }).data?.lines[0];
  const [secret, setSecret] = useState('');
  const [approver, setApprover] = useState(NO_APPROVER);
  const rotate = useArchiveJob('keys.rotate', 'settings.keyJob');
  const approval = useApproval(approver, rotate.error, { act: 'rotateKey' });
  const acts = useActingRole() !== undefined;
  const submit = async (): Promise<void> => {
    const { approver: witness } = approval.input;
    // The desk locks by itself when it is done.
    await rotate.run({ secret, ...(witness === undefined ? {} : { witness }) });
    setSecret('');
    setApprover(NO_APPROVER);
  };
  if (!acts) return <RefusedState title={t('error.BACKUP_LOOKED_INTO')} who={t('hint.backupLookedInto')} />;
  return (
    <div className={styles.narrow}>
      <Section
        title={t('settings.key')}
        note={
          due?.day == null
            ? t('settings.keyNote')
            : t('settings.keyDue', { name: due.title, day: formats.day(due.day) })
        }
      >
        <p className={styles.lead}>{t('settings.keyText')}</p>
        {rotate.job !== null ? (
          <JobProgress job={rotate.job} onBackground={() => go({ screen: 'today' })} />
        ) : (
          <form
            noValidate
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              if (secret !== '' && approval.ready) submit().catch(() => undefined);
            }}
          >
            <PasswordInput
              label={t('settings.currentSecret')}
              required
              autoComplete="off"
              value={secret}
              error={fieldErrorAt(rotate.error, 'secret', texts)}
              visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            <ApproverFields value={approver} onChange={setApprover} approval={approval} error={rotate.error} />
            <ErrorNote error={approval.code.isAsked ? null : rotate.error} />
            <div className={styles.tabs}>
              <Button type="submit" kind="primary" disabled={secret === '' || !approval.ready}>
                {t('settings.keyChange')}
              </Button>
            </div>
          </form>
        )}
      </Section>
      <WaitingHour />
      <LastExports />
    </div>
  );
}
