import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './print-file.module.css';

/** Papers of one class that have scans. */
export interface ScannedClass {
  readonly class: number;
  readonly papers: readonly Paper[];
}

const pagesOf = (papers: readonly Paper[]): number =>
  papers.flatMap(({ scans }) => scans).reduce((sum, { pages }) => sum + pages, 0);

/** A customer's whole file on paper: card, catalogues, registers and visits always, and the scans of the papers that are marked. */
export function PrintFileDialog({
  number,
  classes,
  onClose,
}: {
  readonly number: string;
  readonly classes: readonly ScannedClass[];
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mark = (codes: readonly string[], on: boolean): void =>
    setChosen(new Set(on ? [...chosen, ...codes] : [...chosen].filter((code) => !codes.includes(code))));
  const papers = classes.flatMap((one) => one.papers);
  const marked = papers.filter(({ code }) => chosen.has(code));
  const submit = (): void => {
    onClose();
    print({ form: 'customerFile', number, papers: marked.map(({ code }) => code) });
  };
  return (
    <FormDialog
      title={t('dossiers.printFile')}
      submitLabel={t('dossiers.printFile')}
      onClose={onClose}
      onSubmit={submit}
      maySubmit
    >
      <p>{t('dossiers.printFileText')}</p>
      <ul className={styles.classes}>
        {classes.map((one, index) => {
          const codes = one.papers.map(({ code }) => code);
          const count = codes.filter((code) => chosen.has(code)).length;
          return (
            <li key={one.class}>
              <Checkbox
                className={styles.class}
                data-autofocus={index === 0 || undefined}
                label={t(`dossierClass.${one.class}`)}
                checked={count === codes.length}
                indeterminate={count > 0 && count < codes.length}
                onChange={() => mark(codes, count < codes.length)}
              />
              <ul className={styles.papers}>
                {one.papers.map((paper) => (
                  <li key={paper.code}>
                    <Checkbox
                      label={
                        <>
                          {paper.title} <span className={styles.soft}>{paper.code}</span>
                        </>
                      }
                      checked={chosen.has(paper.code)}
                      onChange={(event) => mark([paper.code], event.currentTarget.checked)}
                    />
                    <span className={styles.soft}>{t('dossiers.pages', { count: pagesOf([paper]) })}</span>
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
      <p className={styles.soft} role="status">
        {t('dossiers.printFileScans', { papers: marked.length, pages: formats.number(pagesOf(marked)) })}
      </p>
    </FormDialog>
  );
}
