import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './imports.module.css';

type Import = OutputOf<'imports.list'>['imports'][number];

/** Earlier imports; one may be taken back while none of its cards was touched since. */
export function EarlierImports() {
  const { t } = useText();
  const formats = useFormats();
  const imports = useArchiveQuery('imports.list', { limit: 100 });
  const [asking, setAsking] = useState<Import | null>(null);
  if (imports.error !== null) return <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />;
  if (imports.data === undefined) return <LoadingSkeleton shape="rows" count={3} />;
  return (
    <section className={styles.earlier} aria-label={t('imports.earlier')}>
      <h2 className={styles.earlierTitle}>{t('imports.earlier')}</h2>
      {imports.data.total === 0 ? (
        <p className={styles.soft}>{t('imports.noEarlier')}</p>
      ) : (
        <table className={styles.earlierTable}>
          <thead>
            <tr>
              <th scope="col">{t('imports.earlier.at')}</th>
              <th scope="col">{t('imports.earlier.file')}</th>
              <th scope="col">{t('imports.count.broughtIn')}</th>
              <th scope="col">{t('imports.count.updated')}</th>
              <th scope="col">{t('imports.count.refused')}</th>
              <th scope="col">{t('imports.earlier.by')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('imports.takeBack')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {imports.data.imports.map((one) => (
              <tr key={one.id} data-gone={one.takenBackAt !== null || undefined}>
                <td>{formats.instant(one.at)}</td>
                <td>{one.file}</td>
                <td className={styles.numeric}>{formats.number(one.imported)}</td>
                <td className={styles.numeric}>{formats.number(one.updated)}</td>
                <td className={styles.numeric}>{formats.number(one.refused)}</td>
                <td>{one.by}</td>
                <td>
                  {one.takenBackAt !== null ? (
                    <span className={styles.soft}>{t('imports.takenBack', { at: formats.day(one.takenBackAt) })}</span>
                  ) : one.touched !== null ? (
                    <span className={styles.soft}>
                      {t('imports.kept')} {t(`validation.import.${one.touched.why}`, one.touched)}
                    </span>
                  ) : (
                    one.mayTakeBack && (
                      <Button size="small" onClick={() => setAsking(one)}>
                        {t('imports.takeBack')}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asking !== null && <TakeBack import={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

function TakeBack({ import: one, onClose }: { readonly import: Import; readonly onClose: () => void }) {
  const { t } = useText();
  const takeBack = useArchiveCommand('imports.takeBack');
  const run = async (): Promise<void> => {
    try {
      const { records } = await takeBack.mutateAsync({ importId: one.id });
      toast(t('imports.takenBackDone', { count: records }));
      onClose();
    } catch {
      // Said in the dialog.
    }
  };
  return (
    <FormDialog
      title={t('imports.takeBackTitle')}
      submitLabel={t('imports.takeBack')}
      danger
      busy={takeBack.isPending}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <p>
        {one.kind === 'customers'
          ? t('imports.takeBackText', { file: one.file, count: one.imported })
          : t('imports.takeBackRecords', { file: one.file, count: one.imported })}
        {one.updated > 0 && ` ${t('imports.takeBackUpdated', { count: one.updated })}`}
      </p>
      <ErrorNote error={takeBack.error} showFields />
    </FormDialog>
  );
}
