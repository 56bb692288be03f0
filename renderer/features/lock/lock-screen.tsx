import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { acceptSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useSession } from '../../state/session.ts';
import { useDelay } from '../../state/use-delay.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CodeField, isCodeAsked, useCode } from '../../ui/form/code-field.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { LanguageChoice } from '../../ui/frame/language-choice.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { PracticeSecrets } from './practice-secrets.tsx';
import { UseRecoveryKey } from './use-recovery-key.tsx';

/** After a lock no archive process runs. It starts, without any key, while the secret is typed, not once it has been. */
const startAhead = (): void => void archive.call('session.current', {}).catch(() => undefined);

/** The door of the archive that was open last. Shows its name and nothing of what is in it (R24). */
export function LockScreen() {
  const { t, has } = useText();
  const formats = useFormats();
  const vault = useSession((state) => state.lastVault);
  const reason = useSession((state) => state.lockReason);
  const lastLogin = useSession((state) => state.lastLogin);
  // Somebody else opens it after a handover.
  const handedOver = reason === 'handedOver';
  const [login, setLogin] = useState(handedOver ? '' : lastLogin === '' ? 'keeper' : lastLogin);
  const [secret, setSecret] = useState('');
  const [withRecoveryKey, setWithRecoveryKey] = useState(false);
  const unlock = useArchiveCommand('archive.unlock');
  const delay = useDelay(unlock.error);
  const code = useCode(unlock.error);
  const [keyFile, setKeyFile] = useState('');
  const [asksKeyFile, setAsksKeyFile] = useState(false);
  if (vault === null) return null;
  if (withRecoveryKey) return <UseRecoveryKey vault={vault} onBack={() => setWithRecoveryKey(false)} />;

  const open = () => {
    unlock
      .mutateAsync({
        directory: vault.directory,
        login: login.trim(),
        secret,
        ...code.input,
        ...(keyFile.trim() === '' ? {} : { keyFile: keyFile.trim() }),
      })
      .then(
        (session) => {
          setSecret('');
          useSession.getState().setLastVault(session.archive ?? vault);
          acceptSession(session);
        },
        (thrown: unknown) => {
          const isKeyFileAsked = (thrown as AppError).code === 'KEY_FILE_NEEDED';
          if (isKeyFileAsked) setAsksKeyFile(true);
          // Nothing was wrong yet: what was typed stays.
          else if (!isCodeAsked(thrown)) setSecret('');
        },
      );
  };
  const reasonKey = `lock.reason.${reason}`;
  return (
    <EntranceSheet
      title={vault.name}
      subtitle={reason !== null && has(reasonKey) ? t(reasonKey) : t('lock.locked')}
      practice={vault.practice}
      narrow
    >
      <form
        noValidate
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== '' && delay === 0 && !unlock.isPending) open();
        }}
      >
        <TextInput
          label={t('start.login')}
          required
          value={login}
          autoComplete="off"
          spellCheck={false}
          autoFocus={handedOver}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('lock.secret')}
          required
          value={secret}
          autoComplete="off"
          readOnly={unlock.isPending}
          data-autofocus={!handedOver || undefined}
          autoFocus={!handedOver}
          visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
          onChange={(event) => {
            if (secret === '') startAhead();
            setSecret(event.currentTarget.value);
          }}
        />
        {asksKeyFile && (
          <PathField
            kind="file"
            optional
            label={t('keyFile.ask')}
            description={t('keyFile.askHelp')}
            value={keyFile}
            onChange={setKeyFile}
          />
        )}
        <CodeField code={code} />
        {delay > 0 ? (
          <p role="timer" aria-live="off">
            {t('lock.wait', { time: formats.duration(delay) })}
          </p>
        ) : (
          unlock.error?.code !== 'SECRET_DELAYED' && !code.isAsked && <ErrorNote error={unlock.error} />
        )}
        <Button
          type="submit"
          kind="primary"
          size="large"
          busy={unlock.isPending}
          disabled={secret === '' || delay > 0 || !code.ready}
        >
          {t('lock.open')}
        </Button>
      </form>
      {vault.practice && (
        <PracticeSecrets
          directory={vault.directory}
          onChoose={(user) => {
            setLogin(user.login);
            setSecret(user.secret);
          }}
        />
      )}
      <div className={styles.actions}>
        <Button kind="link" onClick={() => setWithRecoveryKey(true)}>
          {t('lock.useRecoveryKey')}
        </Button>
        <Button kind="link" onClick={() => useEntrance.getState().setWish('start')}>
          {t('lock.otherArchive')}
        </Button>
      </div>
      <LanguageChoice />
    </EntranceSheet>
  );
}
