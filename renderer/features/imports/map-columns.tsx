import { SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import { CARD_KINDS, type CardKind, CODE_FIELDS, nameField } from '../../../shared/domain/form-fields.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useCardForms } from '../../ui/fields/use-card-forms.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { importFieldGroups, importFieldLabel } from './import-fields.ts';
import {
  type Correction,
  doubleFields,
  type ImportReport,
  type TableRead,
  unmappedColumns,
  withColumn,
} from './import-steps.ts';
import styles from './imports.module.css';
import columns from './map.module.css';

export interface TableChoice {
  readonly kind?: CardKind;
  readonly encoding?: string;
  readonly sheet?: string;
}

interface MapColumnsProps {
  readonly file: string;
  readonly read: TableRead;
  readonly mapping: readonly (string | null)[];
  readonly corrections: readonly Correction[];
  readonly error: AppError | null;
  readonly onMapping: (mapping: readonly (string | null)[]) => void;
  /** Read again with another encoding, sheet or kind. */
  readonly onChoice: (choice: TableChoice) => void;
  readonly onBack: () => void;
  readonly onTried: (report: ImportReport) => void;
}

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'];
const SAMPLES = 3;

/** Which column is which field: what was recognised is set already, with the first rows to judge by. */
export function MapColumns(props: MapColumnsProps) {
  const { file, read, mapping, corrections, error, onMapping, onChoice, onBack, onTried } = props;
  const { t } = useText();
  const formats = useFormats();
  const trial = useArchiveJob('imports.apply', 'imports.trying');
  const forms = useCardForms();
  const groups = useMemo(() => importFieldGroups(read.kind, mapping, t, forms), [read.kind, mapping, t, forms]);
  const open = unmappedColumns(mapping);
  const twice = doubleFields(mapping);
  const named = [nameField(read.kind), 'control.number', ...CODE_FIELDS].some((path) => mapping.includes(path));
  const attempt = (): void => {
    if (!named || twice.length > 0 || trial.job !== null) return;
    trial
      .run({ table: read.table, kind: read.kind, mapping: [...mapping], corrections: [...corrections], dryRun: true })
      .then(onTried, () => undefined);
  };
  useShortcut('mod+enter', attempt, { labelKey: 'imports.try', inInputs: true });

  return (
    <>
      <div className={styles.toolbar}>
        <p className={styles.file}>
          <strong>{file}</strong>{' '}
          <span className={styles.soft}>
            {t('imports.rowsColumns', { rows: formats.number(read.rows), columns: read.headings.length })}
          </span>
        </p>
        <SegmentedControl
          aria-label={t('field.control.kind')}
          value={read.kind}
          onChange={(kind) => onChoice({ kind: kind as CardKind })}
          data={CARD_KINDS.map((kind) => ({ value: kind, label: t(`option.cardKind.${kind}`) }))}
        />
        {read.encoding !== null && (
          <Select
            aria-label={t('imports.encoding')}
            w={180}
            data={[...new Set([read.encoding, ...ENCODINGS])].map((value) => ({
              value,
              label: t('imports.encodingIs', { encoding: value.toUpperCase() }),
            }))}
            value={read.encoding}
            onChange={(encoding) => encoding !== null && onChoice({ encoding })}
          />
        )}
        {read.sheets.length > 1 && (
          <Select
            aria-label={t('imports.sheet')}
            w={200}
            data={read.sheets.map((sheet) => ({ value: sheet, label: t('imports.sheetIs', { sheet }) }))}
            defaultValue={read.sheets[0] ?? null}
            onChange={(sheet) => sheet !== null && onChoice({ sheet })}
          />
        )}
      </div>
      <ErrorNote error={error} showFields />
      <p className={styles.say} role="status">
        {read.remembered && `${t('imports.remembered')} `}
        {open.length === 0
          ? t('imports.allRecognised')
          : t('imports.unrecognised', {
              count: open.length,
              headings: open
                .slice(0, 6)
                .map((index) => read.headings[index] ?? '')
                .filter((heading) => heading !== '')
                .join(t('form.listSeparator')),
            })}
      </p>
      <div className={columns.mapBox}>
        <table className={columns.map}>
          <thead>
            <tr>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.field')}</th>
              <th scope="col" colSpan={SAMPLES}>
                {t('imports.samples')}
              </th>
            </tr>
          </thead>
          <tbody>
            {read.headings.map((heading, index) => {
              const field = mapping[index] ?? null;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may bear the same heading
                <tr key={index} data-open={field === null || undefined}>
                  <th scope="row">{heading === '' ? t('imports.noHeading', { n: index + 1 }) : heading}</th>
                  <td>
                    <select
                      className={columns.fieldSelect}
                      aria-label={t('imports.fieldOf', { heading })}
                      value={field ?? ''}
                      data-twice={(field !== null && twice.includes(field)) || undefined}
                      onChange={(event) =>
                        onMapping(
                          withColumn(
                            mapping,
                            index,
                            event.currentTarget.value === '' ? null : event.currentTarget.value,
                          ),
                        )
                      }
                    >
                      <option value="">{t('imports.leaveOut')}</option>
                      {groups.map((group) => (
                        <optgroup key={group.label} label={group.label}>
                          {group.fields.map((one) => (
                            <option key={one.path} value={one.path}>
                              {one.label}
                            </option>
                          ))}
                        </optgroup>
                      ))}
                    </select>
                  </td>
                  {Array.from({ length: SAMPLES }, (_, sample) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: samples are the first rows of the file
                    <td key={sample} className={columns.sample}>
                      {read.preview[sample]?.[index] ?? ''}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {trial.job !== null && <JobProgress job={trial.job} />}
      <ErrorNote error={trial.error} showFields />
      <footer className={styles.foot}>
        <span className={styles.soft}>
          {twice.length > 0
            ? t('imports.twice', {
                fields: twice.map((path) => importFieldLabel(read.kind, path, t, forms)).join(t('form.listSeparator')),
              })
            : named
              ? t('imports.nothingYet')
              : t('imports.nameNeeded')}
        </span>
        <Button onClick={onBack}>{t('imports.otherFile')}</Button>
        <Button
          kind="primary"
          keys="mod+enter"
          busy={trial.job !== null}
          disabled={!named || twice.length > 0}
          onClick={attempt}
        >
          {t('imports.try')}
        </Button>
      </footer>
    </>
  );
}
