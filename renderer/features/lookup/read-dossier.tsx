import { IconFileText } from '@tabler/icons-react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import type { ShownPaper } from './read-paper.tsx';
import styles from './room.module.css';

interface ReadDossierProps {
  readonly number: string;
  /** Code of a paper that a search led to. */
  readonly marked: string | null;
  readonly onPaper: (paper: ShownPaper) => void;
}

/** A dossier to be read: five classes in binder order; a paper with a scan can be opened. */
export function ReadDossier({ number, marked, onPaper }: ReadDossierProps) {
  const { t } = useText();
  const formats = useFormats();
  const dossier = useArchiveQuery('dossiers.get', { number });
  if (dossier.error !== null) return <ErrorState error={dossier.error} />;
  if (dossier.data === undefined) return <LoadingSkeleton />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <article className={styles.sheet} tabIndex={0}>
      <header className={styles.sheetHead}>
        <h1>{dossier.data.name}</h1>
        <span>{number}</span>
      </header>
      {dossier.data.classes.map((one) => (
        <section key={one.class} className={styles.part}>
          <h2>
            <ClassTab value={one.class} />
          </h2>
          {one.papers.length === 0 ? (
            <p className={styles.none}>{t('lookup.noPapers')}</p>
          ) : (
            <ol className={styles.papers}>
              {one.papers.map((paper) => (
                <li
                  key={paper.code}
                  className={paper.code === marked ? styles.marked : undefined}
                  ref={paper.code === marked ? (line) => line?.scrollIntoView({ block: 'center' }) : undefined}
                >
                  <span className={styles.code}>{paper.code}</span>
                  <span className={styles.paperTitle}>{paper.title}</span>
                  <DateText value={paper.date} />
                  <span>{t('lookup.pages', { count: formats.number(paper.pages) })}</span>
                  <span className={styles.scans}>
                    {paper.scans.map((scan) => (
                      <Button
                        key={scan.id}
                        size="small"
                        icon={IconFileText}
                        aria-label={t('lookup.readScan', { title: paper.title })}
                        onClick={() =>
                          onPaper({ scan: scan.id, title: paper.title, name: scan.name, mediaType: scan.mediaType })
                        }
                      >
                        {t('lookup.read')}
                      </Button>
                    ))}
                    {paper.withheld ? (
                      <Tag>{t('lookup.masked')}</Tag>
                    ) : (
                      paper.scans.length === 0 && <span className={styles.none}>{t('lookup.paperOnly')}</span>
                    )}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </article>
  );
}
