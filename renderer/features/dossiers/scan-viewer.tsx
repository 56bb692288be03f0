import { IconLayoutGrid } from '@tabler/icons-react';
import { useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { DocumentViewer } from '../../ui/viewer/document-viewer.tsx';
import { useOpenedDocument } from '../../ui/viewer/use-opened-document.ts';
import { ScanPages } from './scan-pages.tsx';
import styles from './viewer.module.css';

interface ScanViewerProps {
  readonly paper: Paper;
  /** The scan to begin with; default the first. */
  readonly scan?: string;
  readonly title: string;
  /** Pages may be turned, divided, joined: the paper is the keeper's and not bound. */
  readonly mayArrange: boolean;
  /** Begins at the table of pages. */
  readonly arranging?: boolean;
  readonly onClose: () => void;
}

/** The scans of a paper over the binder: Space opens and closes it, as in a file manager. */
export function ScanViewer({ paper, scan, title, mayArrange, arranging: begins = false, onClose }: ScanViewerProps) {
  const { t } = useText();
  const [shown, setShown] = useState(scan ?? paper.scans[0]?.id ?? '');
  const meta = paper.scans.find((one) => one.id === shown);
  const [arranging, setArranging] = useState(begins);
  const { opened, content, firstPage, error } = useOpenedDocument(shown, () =>
    archive.call('scans.open', { scan: shown, view: true }),
  );
  useShortcut('space', onClose, { labelKey: 'dossiers.key.look', inInputs: true, enabled: !arranging });
  const readText = (): Promise<readonly string[]> =>
    archive.call('scans.text', { scan: shown }).then(({ pages }) => pages.map(({ text }) => text));
  if (arranging)
    return (
      <Dialog
        title={t('scanPages.of', { title: paper.title })}
        size="xl"
        fullScreen
        onClose={() => setArranging(false)}
      >
        <div className={styles.body}>
          <ScanPages paper={paper} onDone={onClose} />
        </div>
      </Dialog>
    );
  return (
    <Dialog title={title} size="xl" fullScreen onClose={onClose}>
      <div className={styles.body}>
        {paper.scans.length > 1 && (
          <nav className={styles.scans} aria-label={t('dossiers.scans')}>
            {paper.scans.map((one) => (
              <Button
                key={one.id}
                size="small"
                kind={one.id === shown ? 'plain' : 'quiet'}
                aria-current={one.id === shown}
                onClick={() => setShown(one.id)}
              >
                {one.name}
              </Button>
            ))}
          </nav>
        )}
        <div className={styles.viewer}>
          <DocumentViewer
            name={meta?.name ?? ''}
            mediaType={opened?.mediaType ?? meta?.mediaType ?? ''}
            content={content}
            firstPage={firstPage}
            pages={meta?.pages}
            error={error}
            autoFocus
            readText={readText}
            actions={
              mayArrange && (
                <Button size="small" icon={IconLayoutGrid} onClick={() => setArranging(true)}>
                  {t('scanPages.open')}
                </Button>
              )
            }
          />
        </div>
      </div>
    </Dialog>
  );
}
