import { IconFilePlus, IconInbox, IconPrinter, IconUpload } from '@tabler/icons-react';
import { type ChangeEvent, type Ref, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import styles from './binder.module.css';
import type { BinderActs } from './binder.tsx';
import { type BinderRow, standing, withTypeStarts } from './binder-rows.ts';
import { type Dossier, type DossierPart, ORDER_TYPES, type RowAct } from './dossier-types.ts';
import { OrderTable } from './order-table.tsx';
import { PaperLine } from './paper-line.tsx';
import { SCAN_ACCEPT } from './scan-files.ts';
import { useFileDrop } from './use-file-drop.ts';
import { WaiverList } from './waiver-list.tsx';

interface CatalogueSheetProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly dossier: Dossier;
  readonly part: DossierPart;
  readonly rows: readonly BinderRow[];
  readonly selected: string | null;
  readonly act: RowAct | null;
  readonly acts: BinderActs;
  readonly onPrint: ((form: 'catalogue' | 'dossierLabel' | 'customerFile') => void) | null;
}

/** The catalogue sheet that lies on top of a class (D6): papers in binder order, gaps where they should be. */
export function CatalogueSheet({ ref, dossier, part, rows, selected, act, acts, onPrint }: CatalogueSheetProps) {
  const { t } = useText();
  const picker = useRef<HTMLInputElement>(null);
  const { over, handlers } = useFileDrop({
    onFiles: acts.mayChange ? (files) => acts.dropFiles(null, files) : undefined,
  });
  const exportsHere = part.class === 4 && (dossier.directExport || dossier.exportOrders.length > 0);
  // The four documents of export orders stand in the table of orders; the list has the rest.
  const listed = exportsHere ? rows.filter((row) => row.kind === 'paper' || !ORDER_TYPES.includes(row.type)) : rows;
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    if (files.length > 0) acts.dropFiles(null, files);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the landmark of the working area belongs to the frame
    <div
      ref={ref}
      role="region"
      aria-label={t(`dossierClass.${part.class}`)}
      className={styles.sheet}
      data-over={over || undefined}
      {...handlers}
    >
      <header className={styles.sheetHead} style={{ '--class': `var(--class-${part.class})` } as React.CSSProperties}>
        <div className={styles.sheetTitles}>
          <p className={styles.sheetCustomer}>
            {dossier.number} {dossier.name}
          </p>
          <h1 className={styles.sheetTitle}>
            {t(`dossierClass.${part.class}`)}
            <span className={styles.sheetKind}>{t('dossiers.catalogue')}</span>
          </h1>
        </div>
        <div className={styles.sheetActions}>
          {onPrint !== null && (
            <Button kind="quiet" size="small" icon={IconPrinter} onClick={() => onPrint('catalogue')}>
              {t('dossiers.printCatalogue')}
            </Button>
          )}
          {onPrint !== null && (
            <Button kind="quiet" size="small" icon={IconPrinter} onClick={() => onPrint('dossierLabel')}>
              {t('dossiers.printLabel')}
            </Button>
          )}
          {onPrint !== null && (
            <Button kind="quiet" size="small" icon={IconPrinter} onClick={() => onPrint('customerFile')}>
              {t('dossiers.printFile')}
            </Button>
          )}
          {acts.mayChange && (
            <>
              <input
                ref={picker}
                type="file"
                autoComplete="off"
                multiple
                hidden
                accept={SCAN_ACCEPT}
                onChange={pick}
                aria-label={t('dossiers.pickFiles')}
                tabIndex={-1}
              />
              <Button size="small" icon={IconUpload} onClick={() => picker.current?.click()}>
                {t('dossiers.pickFiles')}
              </Button>
              <Button
                size="small"
                kind="primary"
                icon={IconFilePlus}
                keys="n"
                onClick={() => acts.add({ class: part.class })}
              >
                {t('dossiers.add')}
              </Button>
            </>
          )}
        </div>
      </header>
      <div className={styles.sheetBody}>
        {exportsHere && <OrderTable dossier={dossier} part={part} acts={acts} act={act} />}
        {listed.length === 0 ? (
          <EmptyState icon={IconInbox} title={t('dossiers.classEmpty')}>
            {t(acts.mayChange ? 'dossiers.classEmptyText' : 'dossiers.classEmptyRead')}
          </EmptyState>
        ) : (
          <>
            <div className={styles.columns} aria-hidden>
              <span className={styles.colSequence}>{t('dossiers.column.sequence')}</span>
              <span>{t('dossiers.column.title')}</span>
              <span>{t('dossiers.column.date')}</span>
              <span className={styles.colEnd}>{t('dossiers.column.pages')}</span>
              <span className={styles.colPlace}>{t('dossiers.column.place')}</span>
              <span>{t('dossiers.column.state')}</span>
            </div>
            <ol className={styles.lines} aria-label={t('dossiers.catalogue')}>
              {withTypeStarts(listed).map(({ row, startsType }) => (
                <PaperLine
                  key={row.key}
                  row={row}
                  dossier={dossier}
                  startsType={startsType}
                  selected={row.key === selected}
                  act={act?.row === row.key ? act : null}
                  acts={acts}
                />
              ))}
            </ol>
          </>
        )}
        <WaiverList dossier={dossier} dossierClass={part.class} />
        <p className={styles.sheetFoot}>
          {t('dossiers.sheetFoot', {
            papers: standing(part.papers),
            pages: part.papers
              .filter((paper) => paper.state !== 'removed')
              .reduce((sum, paper) => sum + paper.pages, 0),
          })}
        </p>
      </div>
      {over && (
        <div className={styles.dropHint} aria-hidden>
          {t('dossiers.dropNew')}
        </div>
      )}
    </div>
  );
}
