import { PasswordInput, Select } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';

/** A new recovery key when the sheet was used or is lost (security §6): shown and printed once, then typed back. */
export function RecoverySheet() {
  const { t } = useText();
  const print = usePrint();
  const role = useSession((state) => state.session?.user?.role);
  const unconfirmed = useSession((state) => state.session?.recoveryKeyUnconfirmed) ?? false;
  const open = useDialogs((state) => state.open);
  const users = useArchiveQuery('users.list', {}).data?.users;
  const [secret, setSecret] = useState('');
  const [login, setLogin] = useState<string | null>(null);
  const [witnessSecret, setWitnessSecret] = useState('');
  const reissue = useArchiveCommand('keys.reissueRecovery');
  if (role !== 'keeper') return null;
  const supervisors = users?.filter((user) => user.role === 'supervisor' && user.active) ?? [];
  const chosen = login ?? supervisors[0]?.login ?? '';
  const needsWitness = supervisors.length > 0;
  const ready = secret !== '' && users !== undefined && (!needsWitness || witnessSecret !== '');
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
            const witness = needsWitness ? { witness: { login: chosen, secret: witnessSecret } } : {};
            reissue.mutateAsync({ secret, ...witness }).then(
              () => {
                setSecret('');
                setWitnessSecret('');
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
          {supervisors.length > 1 && (
            <Select
              label={t('role.supervisor')}
              allowDeselect={false}
              data={supervisors.map((user) => ({ value: user.login, label: user.displayName }))}
              value={chosen}
              onChange={setLogin}
            />
          )}
          {needsWitness && (
            <PasswordInput
              label={t('people.secretOf', {
                name: supervisors.find((user) => user.login === chosen)?.displayName ?? t('role.supervisor'),
              })}
              required
              autoComplete="off"
              value={witnessSecret}
              visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
              onChange={(event) => setWitnessSecret(event.currentTarget.value)}
            />
          )}
          <ErrorNote error={reissue.error} showFields />
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
