import { useCallback, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './imports.module.css';

type Import = OutputOf<'imports.list'>['imports'][number];

const NEEDED = ['takenBackAt'];
const USUAL = ['at', 'file', 'kind', 'imported', 'updated', 'refused', 'by'];

/** Earlier imports; one may be taken back while none of its cards was touched since. */
export function EarlierImports() {
  const { t } = useText();
  const formats = useFormats();
  const imports = useArchiveQuery('imports.list', { limit: 500 }).data?.imports;
  const acts = useActingRole() !== undefined;
  const [asking, setAsking] = useState<Import | null>(null);
  const act = useCallback(
    (row: RecordRow) => {
      const one = imports?.find(({ id }) => String(id) === row.key);
      const takenBack = textAt(row, 'takenBackAt');
      if (takenBack !== '')
        return <span className={styles.soft}>{t('imports.takenBack', { at: formats.day(takenBack) })}</span>;
      if (one === undefined) return null;
      if (one.touched !== null) {
        const why = `${t('imports.kept')} ${t(`validation.import.${one.touched.why}`, one.touched)}`;
        return (
          <span className={styles.soft} title={why}>
            {why}
          </span>
        );
      }
      return (
        acts &&
        one.mayTakeBack && (
          <Button size="small" onClick={() => setAsking(one)}>
            {t('imports.takeBack')}
          </Button>
        )
      );
    },
    [imports, t, formats, acts],
  );
  return (
    <section className={styles.earlier} aria-label={t('imports.earlier')}>
      <h2 className={styles.earlierTitle}>{t('imports.earlier')}</h2>
      <div className={styles.earlierList}>
        <RecordList
          list="imports"
          label={t('imports.earlier')}
          usual={USUAL}
          needs={NEEDED}
          act={act}
          actWidth={340}
          empty={<EmptyState title={t('imports.noEarlier')} />}
        />
      </div>
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
          : t(one.kind === 'visits' ? 'imports.takeBackVisits' : 'imports.takeBackRecords', {
              file: one.file,
              count: one.imported,
            })}
        {one.updated > 0 && ` ${t('imports.takeBackUpdated', { count: one.updated })}`}
      </p>
      <ErrorNote error={takeBack.error} showFields />
    </FormDialog>
  );
}
