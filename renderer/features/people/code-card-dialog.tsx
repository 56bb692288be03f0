import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { CodeField, useCode } from '../../ui/form/code-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';
import styles from './people.module.css';
import type { User } from './user-acts.tsx';

/** A card of one-time codes for a person, a new one, or its end: the person types the own secret here. */
export function CodeCardDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { t } = useText();
  const cards = useArchiveQuery('codeCards.list', {});
  const card = cards.data?.cards.find((one) => one.login === user.login);
  const [secret, setSecret] = useState('');
  const make = useArchiveCommand('codeCards.make');
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const code = useCode(failure);
  const run = (act: () => Promise<void>) => {
    setFailure(null);
    act().catch((thrown: unknown) => setFailure(AppError.from(thrown)));
  };
  const input = () => ({ login: user.login, secret, ...code.input });
  const submit = () =>
    run(async () => {
      const { document, name } = await make.mutateAsync(input());
      onClose();
      showDocument({
        key: `${name} ${document}`,
        title: t('codeCard.title'),
        fileName: name.replace(/\.pdf$/u, ''),
        maySave: true,
        open: () => Promise.resolve({ document }),
      });
    });
  const end = () =>
    run(async () => {
      setEnding(true);
      try {
        await archive.call('codeCards.end', input());
      } finally {
        setEnding(false);
      }
      toast(t('codeCard.ended', { name: user.displayName }));
      onClose();
    });
  const ready = secret !== '' && code.ready;
  return (
    <FormDialog
      title={t('codeCard.dialogTitle', { name: user.displayName })}
      submitLabel={t(card === undefined ? 'codeCard.make' : 'codeCard.makeAnew')}
      onClose={onClose}
      onSubmit={submit}
      busy={make.isPending}
      maySubmit={ready}
    >
      <div className={styles.form}>
        <p>{t('codeCard.what')}</p>
        {card !== undefined && <p>{t('codeCard.left', { count: card.left })}</p>}
        <PasswordInput
          label={t('codeCard.holderSecret', { name: user.displayName })}
          required
          autoFocus
          autoComplete="off"
          value={secret}
          visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <CodeField code={code} />
        {!code.isAsked && <ErrorNote error={failure} />}
        {card !== undefined && (
          <div>
            <Button size="small" kind="quiet" busy={ending} disabled={!ready} onClick={end}>
              {t('codeCard.end')}
            </Button>
          </div>
        )}
      </div>
    </FormDialog>
  );
}
