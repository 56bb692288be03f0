import { IconTableImport } from '@tabler/icons-react';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './imports.module.css';

/** A file on its way to the archive process. */
export interface HandingOver {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  cancel(): void;
}

interface ChooseFileProps {
  readonly handing: HandingOver | null;
  readonly error: AppError | null;
  readonly onFile: (file: File) => void;
}

const ACCEPT = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Drop a table, or pick one. */
export function ChooseFile({ handing, error, onFile }: ChooseFileProps) {
  const { t } = useText();
  const formats = useFormats();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (file !== undefined) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && handing === null) onFile(file);
  };
  useShortcut('n', () => picker.current?.click(), { labelKey: 'imports.pick', enabled: handing === null });
  const percent = handing === null || handing.total === 0 ? 100 : Math.round((handing.done / handing.total) * 100);
  return (
    <section
      className={styles.drop}
      data-over={over || undefined}
      aria-label={t('imports.step.choose')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconTableImport size={32} stroke={1.25} aria-hidden />
      <h2 className={styles.dropTitle}>{t('imports.drop')}</h2>
      <p className={styles.soft}>{t('imports.dropText')}</p>
      <ErrorNote error={error} showFields />
      <input
        ref={picker}
        type="file"
        autoComplete="off"
        hidden
        accept={ACCEPT}
        onChange={pick}
        aria-label={t('imports.pick')}
        tabIndex={-1}
      />
      <div className={styles.dropLine}>
        {handing === null ? (
          <Button kind="primary" keys="n" onClick={() => picker.current?.click()}>
            {t('imports.pick')}
          </Button>
        ) : (
          <div className={styles.handing} role="status">
            <span>{t(percent < 100 ? 'imports.handing' : 'imports.reading', { name: handing.name })}</span>
            <progress max={100} value={percent < 100 ? percent : undefined} aria-label={handing.name} />
            <span className={styles.soft}>{formats.bytes(handing.total)}</span>
            <Button size="small" onClick={handing.cancel}>
              {t('kit.cancel')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
