import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { DocumentViewer } from '../../ui/viewer/document-viewer.tsx';
import { useOpenedDocument } from '../../ui/viewer/use-opened-document.ts';
import styles from './room.module.css';

export interface ShownPaper {
  readonly scan: string;
  readonly title: string;
  readonly name: string;
  readonly mediaType: string;
}

/** A scanned paper on the reading table; Escape puts it back. */
export function ReadPaper({
  paper,
  mark,
  onClose,
}: {
  readonly paper: ShownPaper;
  readonly mark: string;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  // The minute in which it was taken out is drawn into its pages; they are not drawn anew every minute.
  const [marked] = useState(mark);
  const { opened, content, firstPage, error } = useOpenedDocument(paper.scan, () =>
    archive.call('scans.open', { scan: paper.scan, view: true }),
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isComposing(event)) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <div className={styles.paper}>
      <DocumentViewer
        name={paper.title}
        mediaType={opened?.mediaType ?? paper.mediaType}
        content={content}
        firstPage={firstPage}
        pages={opened?.pages}
        error={error}
        autoFocus
        mark={marked}
        actions={
          <Button size="small" icon={IconX} keys="escape" onClick={onClose}>
            {t('kit.close')}
          </Button>
        }
      />
    </div>
  );
}
