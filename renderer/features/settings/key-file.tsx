import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';

/** The second factor of whoever opens the archive: a key file on a stick, made, replaced and ended. */
export function KeyFile() {
  const { t } = useText();
  const status = useArchiveQuery('keyFiles.status', {}).data;
  const [act, setAct] = useState<'make' | 'end' | null>(null);
  if (status === undefined) return null;
  return (
    <Section
      title={t('keyFile.title')}
      note={status.file === null ? t('keyFile.none') : t('keyFile.has', { file: status.file })}
    >
      <div className={styles.form}>
        <p className={styles.lead}>{t('keyFile.text')}</p>
        <div className={styles.tabs}>
          <Button onClick={() => setAct('make')}>{t(status.file === null ? 'keyFile.make' : 'keyFile.again')}</Button>
          {status.file !== null && <Button onClick={() => setAct('end')}>{t('keyFile.end')}</Button>}
        </div>
      </div>
      {act !== null && <KeyFileDialog act={act} onClose={() => setAct(null)} />}
    </Section>
  );
}

function KeyFileDialog({ act, onClose }: { readonly act: 'make' | 'end'; readonly onClose: () => void }) {
  const { t } = useText();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const [folder, setFolder] = useState(output);
  const [secret, setSecret] = useState('');
  const make = useArchiveCommand('keyFiles.make');
  const end = useArchiveCommand('keyFiles.end');
  const run = async () => {
    const given = secret;
    setSecret('');
    if (act === 'end') {
      await end.mutateAsync({ secret: given });
      toast(t('keyFile.ended'));
    } else {
      const { file } = await make.mutateAsync({ secret: given, folder: folder.trim() });
      toast(t('keyFile.made', { file }));
    }
    onClose();
  };
  return (
    <FormDialog
      title={t(`keyFile.${act}`)}
      submitLabel={t(`keyFile.${act}`)}
      danger={act === 'end'}
      busy={make.isPending || end.isPending}
      maySubmit={secret !== '' && (act === 'end' || folder.trim() !== '')}
      onSubmit={() => void run().catch(() => undefined)}
      onClose={onClose}
    >
      <div className={styles.form}>
        {act === 'make' && <PathField kind="folder" label={t('keyFile.folder')} value={folder} onChange={setFolder} />}
        <PasswordInput
          label={t('exports.secret')}
          required
          autoComplete="off"
          value={secret}
          visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <ErrorNote error={make.error ?? end.error} showFields />
      </div>
    </FormDialog>
  );
}
