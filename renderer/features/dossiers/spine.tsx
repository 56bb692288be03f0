import { IconAddressBook, IconArrowLeft } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './binder.module.css';
import { standing } from './binder-rows.ts';
import type { Dossier } from './dossier-types.ts';
import { useFileDrop } from './use-file-drop.ts';

interface SpineProps {
  readonly dossier: Dossier;
  readonly open: number;
  readonly onOpen: (dossierClass: number) => void;
  readonly onBack: () => void;
  readonly onCard: () => void;
  readonly onDropPaper: (code: string, dossierClass: number) => void;
}

/** The back of the binder with the customer's name, and the five dividers that stick out of it. */
export function Spine({ dossier, open, onOpen, onBack, onCard, onDropPaper }: SpineProps) {
  const { t } = useText();
  return (
    <nav className={styles.spine} aria-label={t('dossiers.spine')}>
      <div className={styles.back} aria-hidden>
        <span className={styles.backNumber}>{dossier.number}</span>
        <span className={styles.backName}>{dossier.name}</span>
        <span className={styles.backKind}>{t('dossiers.backTitle')}</span>
      </div>
      <div className={styles.dividers}>
        <div className={styles.ways}>
          <Button kind="quiet" size="small" icon={IconArrowLeft} onClick={onBack}>
            {t('dossiers.toList')}
          </Button>
          <Button kind="quiet" size="small" icon={IconAddressBook} onClick={onCard}>
            {t('dossiers.toCard')}
          </Button>
        </div>
        {dossier.classes.map((part) => (
          <Divider
            key={part.class}
            number={part.class}
            papers={standing(part.papers)}
            missing={part.missing.length}
            open={part.class === open}
            onOpen={() => onOpen(part.class)}
            onDropPaper={(code) => onDropPaper(code, part.class)}
          />
        ))}
      </div>
    </nav>
  );
}

function Divider({
  number,
  papers,
  missing,
  open,
  onOpen,
  onDropPaper,
}: {
  readonly number: number;
  readonly papers: number;
  readonly missing: number;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onDropPaper: (code: string) => void;
}) {
  const { t } = useText();
  const { over, handlers } = useFileDrop({ onPaper: onDropPaper });
  return (
    <button
      type="button"
      className={styles.divider}
      aria-current={open ? 'page' : undefined}
      data-over={over || undefined}
      onClick={onOpen}
      {...handlers}
      style={{ '--class': `var(--class-${number})`, '--on-class': `var(--on-class-${number})` } as React.CSSProperties}
    >
      <span className={styles.dividerMark} aria-hidden>
        {t(`dossiers.numeral.${number}`)}
      </span>
      <span className={styles.dividerText}>
        <span className={styles.dividerName}>{t(`dossierClass.${number}`)}</span>
        <span className={styles.dividerCount}>
          {t('dossiers.paperCount', { count: papers })}
          {missing > 0 && <Tag tone="seal">{t('dossiers.missingCount', { count: missing })}</Tag>}
        </span>
      </span>
    </button>
  );
}
