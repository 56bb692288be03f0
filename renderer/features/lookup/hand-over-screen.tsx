import { PasswordInput, Textarea, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useSessionEnding } from '../../gateway/use-session-ending.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { useDelay } from '../../state/use-delay.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CodeField, isCodeAsked, useCode } from '../../ui/form/code-field.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { LanguageChoice } from '../../ui/frame/language-choice.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { useLookupEnded } from './lookup-ended.ts';

const SHORTEST_PURPOSE = 5;

/** Without the keeper's secret the only other way is the lock screen (L2). */
function lock(): void {
  archive.call('host.lock', {}).catch(() => undefined);
}

/** The screen has been handed over: a manager signs in and states the purpose, or the keeper takes it back. */
export function HandOverScreen() {
  const { t } = useText();
  const archiveInfo = useSession((state) => state.session?.archive);
  const ended = useLookupEnded((state) => state.ended);
  const [forKeeper, setForKeeper] = useState(ended);
  const idle = useSessionEnding();
  useShortcut('mod+l', lock, { labelKey: 'lookup.lockNow', groupKey: 'keys.group.desk', inInputs: true });
  useEffect(() => {
    if (ended) setForKeeper(true);
  }, [ended]);
  return (
    <EntranceSheet
      title={archiveInfo?.name ?? ''}
      subtitle={t(ended ? 'lookup.endedText' : forKeeper ? 'lookup.backText' : 'lookup.signInText')}
      practice={archiveInfo?.practice ?? false}
      narrow
    >
      {forKeeper ? <BackToDesk /> : <SignIn />}
      <div className={styles.actions}>
        {!ended && (
          <Button kind="link" onClick={() => setForKeeper(!forKeeper)}>
            {t(forKeeper ? 'lookup.toSignIn' : 'lookup.toDesk')}
          </Button>
        )}
        <Button kind="link" icon={IconLock} keys="mod+l" onClick={lock}>
          {t('lookup.lockNow')}
        </Button>
      </div>
      {idle !== null && <p role="alert">{t('app.sessionEnding', { seconds: idle })}</p>}
      <LanguageChoice />
    </EntranceSheet>
  );
}

function DelayOrError({ error, delay }: { readonly error: AppError | null; readonly delay: number }) {
  const { t } = useText();
  const formats = useFormats();
  if (delay > 0) return <p role="timer">{t('lock.wait', { time: formats.duration(delay) })}</p>;
  return error?.code === 'SECRET_DELAYED' ? null : <ErrorNote error={error} />;
}

function SignIn() {
  const texts = useText();
  const { t } = texts;
  const [login, setLogin] = useState('');
  const [secret, setSecret] = useState('');
  const [purpose, setPurpose] = useState('');
  const signIn = useArchiveCommand('lookup.signIn');
  const delay = useDelay(signIn.error);
  const code = useCode(signIn.error);
  const ready = login.trim() !== '' && secret !== '' && [...purpose.trim()].length >= SHORTEST_PURPOSE && delay === 0;
  const submit = () => {
    signIn
      .mutateAsync({ login: login.trim(), secret, purpose: purpose.trim(), ...code.input })
      .then(refreshSession, (thrown: unknown) => !isCodeAsked(thrown) && setSecret(''));
  };
  return (
    <form
      noValidate
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !signIn.isPending) submit();
      }}
    >
      <TextInput
        label={t('start.login')}
        required
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('lookup.ownSecret')}
        required
        autoComplete="off"
        readOnly={signIn.isPending}
        value={secret}
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <Textarea
        label={t('lookup.purpose')}
        description={t('lookup.purposeHelp', { min: SHORTEST_PURPOSE })}
        required
        autosize
        minRows={2}
        maxRows={4}
        maxLength={400}
        value={purpose}
        error={fieldErrorAt(signIn.error, 'purpose', texts)}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <CodeField code={code} />
      <DelayOrError error={code.isAsked ? null : signIn.error} delay={delay} />
      <Button type="submit" kind="primary" size="large" disabled={!ready || !code.ready} busy={signIn.isPending}>
        {t('lookup.begin')}
      </Button>
    </form>
  );
}

function BackToDesk() {
  const { t } = useText();
  const [secret, setSecret] = useState('');
  const back = useArchiveCommand('lookup.backToDesk');
  const delay = useDelay(back.error);
  const code = useCode(back.error);
  const submit = () => {
    back.mutateAsync({ secret, ...code.input }).then(
      async () => {
        useLookupEnded.setState((state) => ({ ended: false, justReturned: state.ended }));
        await refreshSession();
      },
      (thrown: unknown) => !isCodeAsked(thrown) && setSecret(''),
    );
  };
  return (
    <form
      noValidate
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault();
        if (secret !== '' && delay === 0 && !back.isPending) submit();
      }}
    >
      <PasswordInput
        label={t('lookup.keeperSecret')}
        required
        autoFocus
        autoComplete="off"
        readOnly={back.isPending}
        value={secret}
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <CodeField code={code} />
      <DelayOrError error={code.isAsked ? null : back.error} delay={delay} />
      <Button
        type="submit"
        kind="primary"
        size="large"
        disabled={secret === '' || delay > 0 || !code.ready}
        busy={back.isPending}
      >
        {t('lookup.back')}
      </Button>
    </form>
  );
}
