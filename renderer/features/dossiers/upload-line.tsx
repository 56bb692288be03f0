import { IconX } from '@tabler/icons-react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { IconButton } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './binder.module.css';
import type { ScanUpload } from './scan-files.ts';

/** A scan on its way into the archive, beside its paper. */
export function UploadLine({ upload }: { readonly upload: ScanUpload }) {
  const { t } = useText();
  const formats = useFormats();
  if (upload.error !== null)
    return (
      <div className={styles.upload}>
        <div className={styles.uploadError}>
          <span className={styles.uploadName}>{upload.name}</span>
          <ErrorNote error={upload.error} />
        </div>
        <IconButton icon={IconX} label={t('dossiers.uploadPutAway')} onClick={upload.cancel} />
      </div>
    );
  const percent = upload.total === 0 ? 100 : Math.round((upload.done / upload.total) * 100);
  return (
    <div className={styles.upload}>
      <span className={styles.uploadName}>{upload.name}</span>
      <progress
        className={styles.uploadBar}
        max={100}
        value={percent}
        aria-label={t('dossiers.uploading', { name: upload.name })}
      />
      <span className={styles.soft}>
        {percent < 100
          ? t('kit.countOf', { done: formats.bytes(upload.done), total: formats.bytes(upload.total) })
          : t('dossiers.sealing')}
      </span>
      <IconButton icon={IconX} label={t('kit.cancelWork')} onClick={upload.cancel} />
    </div>
  );
}
