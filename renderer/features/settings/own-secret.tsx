import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, RefusedState } from '../../ui/states/error-state.tsx';
import { KeyFile } from './key-file.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';

/** Changing the own secret: the old one opens nothing from then on. */
export function OwnSecret() {
  const texts = useText();
  const { t } = texts;
  const role = useActingRole();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState(NO_SECRET);
  const change = useArchiveCommand('users.changeSecret');
  if (role === undefined)
    return <RefusedState title={t('error.BACKUP_LOOKED_INTO')} who={t('hint.backupLookedInto')} />;
  const submit = () => {
    change.mutateAsync({ current, next: next.secret }).then(
      () => {
        setCurrent('');
        setNext(NO_SECRET);
        toast(t('settings.secretChanged'));
      },
      () => undefined,
    );
  };
  return (
    <div className={styles.narrow}>
      <Section title={t('settings.ownSecret')} note={t('settings.ownSecretNote')}>
        <form
          noValidate
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (current !== '' && isUsable(next)) submit();
          }}
        >
          <PasswordInput
            label={t('settings.currentSecret')}
            required
            autoComplete="off"
            value={current}
            error={fieldErrorAt(change.error, 'current', texts)}
            visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewSecretFields
            label={t('settings.nextSecret')}
            value={next}
            onChange={setNext}
            error={fieldErrorAt(change.error, 'next', texts)}
          />
          <ErrorNote error={change.error} />
          <div className={styles.tabs}>
            <Button type="submit" kind="primary" busy={change.isPending} disabled={current === '' || !isUsable(next)}>
              {t('settings.changeSecret')}
            </Button>
          </div>
        </form>
      </Section>
      {role !== 'auditor' && <KeyFile />}
      <RecoverySheet />
    </div>
  );
}
