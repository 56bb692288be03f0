import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './paper.module.css';

/** Former versions of a paper's scans: kept sealed, and put back when the new ones were a mistake (D8). */
export function FormerScans({ paper, mayRestore }: { readonly paper: Paper; readonly mayRestore: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const query = useArchiveQuery('scans.former', { code: paper.code }, { enabled: mayRestore });
  const restore = useArchiveCommand('scans.restore');
  const [restoring, setRestoring] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const former = query.data?.former ?? [];
  if (former.length === 0) return null;
  const submit = (): void => {
    if (restoring === null) return;
    restore.mutateAsync({ scan: restoring, reason: reason.trim() }).then(
      () => {
        toast(t('formerScans.restored'));
        setRestoring(null);
      },
      () => undefined,
    );
  };
  return (
    <details className={styles.former}>
      <summary>
        <IconHistory size={14} aria-hidden /> {t('formerScans.title', { count: former.length })}
      </summary>
      <ul className={styles.scanList}>
        {former.map((scan) => (
          <li key={scan.id} className={styles.scan}>
            <span>
              {scan.name} <span className={styles.soft}>{t('dossiers.pages', { count: scan.pages })}</span>
              <br />
              <span className={styles.soft}>
                {formats.instant(scan.replacedAt)} · {scan.reason}
              </span>
            </span>
            <Button size="small" kind="quiet" onClick={() => setRestoring(scan.id)}>
              {t('formerScans.restore')}
            </Button>
          </li>
        ))}
      </ul>
      {restoring !== null && (
        <FormDialog
          title={t('formerScans.restore')}
          submitLabel={t('formerScans.restore')}
          busy={restore.isPending}
          maySubmit={reason.trim() !== ''}
          onSubmit={submit}
          onClose={() => setRestoring(null)}
        >
          <p className={styles.soft}>{t('formerScans.text')}</p>
          {restore.error !== null && <ErrorNote error={restore.error} />}
          <ReasonField value={reason} onChange={setReason} autoFocus />
        </FormDialog>
      )}
    </details>
  );
}
