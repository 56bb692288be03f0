import { useState } from 'react';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './audit.module.css';

/** A signed checkpoint of the log that leaves the machine on paper or stick: what stops a rollback (R39, R73). */
export function Checkpoint() {
  const { t } = useText();
  const formats = useFormats();
  const role = useActingRole();
  const [file, setFile] = useState('');
  const checkpoint = useArchiveCommand('audit.checkpoint');
  if (role === undefined || role === 'auditor') return null;
  const made = checkpoint.data;
  return (
    <Section title={t('audit.checkpoint')}>
      <form
        noValidate
        className={pageStyles.form}
        onSubmit={(event) => {
          event.preventDefault();
          checkpoint.mutate(file.trim() === '' ? {} : { file: file.trim() });
        }}
      >
        <p className={pageStyles.lead}>{t('audit.checkpointText')}</p>
        <PathField
          kind="save"
          optional
          label={t('audit.checkpointFile')}
          description={t('audit.checkpointFileHelp')}
          suggestedName="checkpoint.txt"
          value={file}
          onChange={setFile}
        />
        <ErrorNote error={checkpoint.error} showFields />
        <div className={pageStyles.tabs}>
          <Button type="submit" busy={checkpoint.isPending}>
            {t('audit.checkpointNow')}
          </Button>
        </div>
      </form>
      {made !== undefined && (
        <div className={pageStyles.form}>
          <p>{t('audit.checkpointCode', { size: formats.number(made.size) })}</p>
          <output className={styles.code}>{made.code}</output>
          <pre className={styles.note}>{made.note}</pre>
        </div>
      )}
    </Section>
  );
}
