import { useCallback, useRef, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { discardUpload, uploadFile } from '../../gateway/uploads.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { RefusedState } from '../../ui/states/error-state.tsx';
import { ChooseFile, type HandingOver } from './choose-file.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { ImportReportView } from './import-report.tsx';
import { type Correction, IMPORT_STEPS, type ImportReport, type ImportStep, type TableRead } from './import-steps.ts';
import styles from './imports.module.css';
import { MapColumns, type TableChoice } from './map-columns.tsx';
import { OtherTables } from './other-tables.tsx';

/** A file that has been handed over and read. */
interface OpenTable {
  readonly upload: string;
  readonly file: string;
  readonly read: TableRead;
  readonly mapping: readonly (string | null)[];
  /** Cells put right, whichever column goes to which field. */
  readonly corrections: readonly Correction[];
}

/**
 * Tables in (wish 27): customers by choosing, assigning columns, trying and bringing in (4a), everything else by its own dialog; and what
 * came in before. Nothing changes before the last step.
 */
export function ImportScreen() {
  const { t } = useText();
  const keeper = useActingRole() === 'keeper';
  const [step, setStep] = useState<ImportStep>('choose');
  const [table, setTable] = useState<OpenTable | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [handing, setHanding] = useState<HandingOver | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const controller = useRef<AbortController | null>(null);

  const startAgain = useCallback(() => {
    if (table !== null) discardUpload(table.upload);
    setTable(null);
    setReport(null);
    setError(null);
    setStep('choose');
  }, [table]);

  const read = async (upload: string, file: string, choice: TableChoice): Promise<void> => {
    const answer = await archive.call('imports.read', { upload, ...choice });
    setTable({ upload, file, read: answer, mapping: answer.mapping, corrections: [] });
    setStep('map');
  };
  const take = async (file: File): Promise<void> => {
    setError(null);
    controller.current = new AbortController();
    const cancel = (): void => controller.current?.abort();
    setHanding({ name: file.name, done: 0, total: file.size, cancel });
    try {
      const upload = await uploadFile(
        file,
        (done, total) => setHanding({ name: file.name, done, total, cancel }),
        controller.current.signal,
        'table',
      );
      await read(upload, file.name, {});
    } catch (thrown) {
      const known = AppError.from(thrown);
      if (known.code !== 'CANCELLED') setError(known);
    } finally {
      setHanding(null);
    }
  };
  const readAgain = async (choice: TableChoice): Promise<void> => {
    if (table === null) return;
    setError(null);
    try {
      await read(table.upload, table.file, {
        kind: table.read.kind,
        ...(table.read.encoding === null ? {} : { encoding: table.read.encoding }),
        ...choice,
      });
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };

  if (!keeper) return <RefusedState title={t('imports.refused')} who={t('kit.whoMay', { roles: t('role.keeper') })} />;
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t(step === 'choose' ? 'imports.title' : 'imports.titleCustomers')}</h1>
        {step !== 'choose' && <Steps step={step} />}
      </header>
      <div className={styles.body}>
        {step === 'choose' && (
          <>
            <div className={styles.choose}>
              <ChooseFile handing={handing} error={error} onFile={(file) => void take(file)} />
              <OtherTables />
            </div>
            <EarlierImports />
          </>
        )}
        {step === 'map' && table !== null && (
          <MapColumns
            file={table.file}
            read={table.read}
            mapping={table.mapping}
            corrections={table.corrections}
            error={error}
            onMapping={(mapping) => setTable({ ...table, mapping })}
            onChoice={(choice) => void readAgain(choice)}
            onBack={startAgain}
            onTried={(next) => {
              setReport(next);
              setStep('report');
            }}
          />
        )}
        {(step === 'report' || step === 'done') && table !== null && report !== null && (
          <ImportReportView
            file={table.file}
            read={table.read}
            mapping={table.mapping}
            report={report}
            done={step === 'done'}
            onBack={() => setStep('map')}
            corrections={table.corrections}
            onCorrected={(corrections, tried) => {
              setTable({ ...table, corrections });
              setReport(tried);
            }}
            onDone={(next) => {
              setReport(next);
              setStep('done');
            }}
            onAgain={startAgain}
          />
        )}
      </div>
    </div>
  );
}

/** Where one is on the way. */
function Steps({ step }: { readonly step: ImportStep }) {
  const { t } = useText();
  const now = IMPORT_STEPS.indexOf(step);
  return (
    <ol className={styles.steps} aria-label={t('imports.steps')}>
      {IMPORT_STEPS.map((one, index) => (
        <li key={one} aria-current={one === step ? 'step' : undefined} data-past={index < now || undefined}>
          <span className={styles.stepNumber}>{index + 1}</span>
          {t(`imports.step.${one}`)}
        </li>
      ))}
    </ol>
  );
}
