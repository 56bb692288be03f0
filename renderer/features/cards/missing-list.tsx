import { IconAsterisk } from '@tabler/icons-react';
import { useState } from 'react';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import { Button } from '../../ui/actions/button.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import styles from './screen.module.css';

interface MissingListProps {
  readonly kind: CardKind;
  readonly missing: readonly string[];
  readonly recommended: readonly string[];
  readonly words: FieldWords;
  /** Null for readers who may change nothing. */
  readonly onGo: ((path: string) => void) | null;
}

const SHOWN = 8;

/** What the card lacks (C5): each name leads to its field. */
export function MissingList({ kind, missing, recommended, words, onGo }: MissingListProps) {
  const { t } = words;
  const [all, setAll] = useState(false);
  if (missing.length + recommended.length === 0) return <p className={styles.complete}>{t('cards.complete')}</p>;
  const shown = all ? missing : missing.slice(0, SHOWN);
  const entry = (path: string) =>
    onGo === null ? (
      <span>{words.label(kind, path)}</span>
    ) : (
      <Button kind="link" onClick={() => onGo(path)}>
        {words.label(kind, path)}
      </Button>
    );
  return (
    <div className={styles.missing}>
      {missing.length > 0 && (
        <p className={styles.missingLine}>
          <span className={styles.missingTitle}>
            <IconAsterisk size={12} aria-hidden /> {t('cards.missingTitle', { count: missing.length })}
          </span>
          {shown.map((path) => (
            <span key={path}>{entry(path)}</span>
          ))}
          {shown.length < missing.length && (
            <Button kind="link" onClick={() => setAll(true)}>
              {t('cards.missingMore', { count: missing.length - shown.length })}
            </Button>
          )}
        </p>
      )}
      {recommended.length > 0 && (
        <details className={styles.recommended}>
          <summary>{t('cards.recommendedTitle', { count: recommended.length })}</summary>
          <p className={styles.missingLine}>
            {recommended.map((path) => (
              <span key={path}>{entry(path)}</span>
            ))}
          </p>
        </details>
      )}
    </div>
  );
}
