import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { groupsToAsk } from './recovery-groups.ts';

interface ConfirmGroupsProps {
  readonly count: number;
  readonly onConfirmed: () => void;
  readonly onBack: () => void;
}

/** Two groups typed back from the paper show that it can be read. */
export function ConfirmGroups({ count, onConfirmed, onBack }: ConfirmGroupsProps) {
  const { t } = useText();
  const [asked] = useState(() => groupsToAsk(count));
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const confirm = useArchiveCommand('archive.confirmRecoveryKey');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const groups = asked.map((index, place) => ({ index, text: (typed[place] ?? '').trim().toUpperCase() }));
    confirm.mutateAsync({ groups }).then(onConfirmed, () => undefined);
  };
  return (
    <form noValidate className={styles.body} onSubmit={submit}>
      <div className={styles.pair}>
        {asked.map((index, place) => (
          <TextInput
            key={index}
            label={t('start.recoveryGroup', { number: index + 1 })}
            required
            maxLength={10}
            autoComplete="off"
            spellCheck={false}
            value={typed[place] ?? ''}
            data-autofocus={place === 0 || undefined}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setTyped(([first, second]) => (place === 0 ? [text, second] : [first, text]));
            }}
          />
        ))}
      </div>
      <ErrorNote error={confirm.error} />
      <div className={styles.actions}>
        <Button onClick={onBack}>{t('kit.back')}</Button>
        <Button
          type="submit"
          kind="primary"
          busy={confirm.isPending}
          disabled={typed.some((text) => text.trim() === '')}
        >
          {t('start.recoveryCheck')}
        </Button>
      </div>
    </form>
  );
}
