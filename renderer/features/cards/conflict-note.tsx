import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { Card } from '../../../shared/contract/customers.ts';
import { useFormats } from '../../i18n/format.ts';
import { Button } from '../../ui/actions/button.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { WholeValue } from '../../ui/fields/value-sides.tsx';
import type { FieldConflict } from './card-edits.ts';
import styles from './screen.module.css';

interface ConflictNoteProps {
  readonly stored: Card;
  readonly conflicts: readonly FieldConflict[];
  readonly words: FieldWords;
  /** Keys whose stored value is taken; the others keep what was typed. */
  readonly onSettle: (takeStored: readonly string[]) => void;
  readonly chosen: readonly string[];
  readonly onChoose: (key: string, stored: boolean) => void;
}

/** The card was changed while it was being filled in: both values are shown, nothing typed is lost. */
export function ConflictNote({ stored, conflicts, words, onSettle, chosen, onChoose }: ConflictNoteProps) {
  const { t } = words;
  const formats = useFormats();
  return (
    <section className={styles.conflict} aria-label={t('cards.conflict.title')} role="alert">
      <h3 className={styles.conflictTitle}>
        <IconArrowsSplit2 size={16} aria-hidden /> {t('cards.conflict.title')}
      </h3>
      <p>{t('cards.conflict.text', { by: stored.updatedBy, at: formats.instant(stored.updatedAt) })}</p>
      {conflicts.map((conflict) => (
        <fieldset key={conflict.key} className={styles.conflictField}>
          <legend>{words.label(stored.kind, conflict.key)}</legend>
          {[false, true].map((takeStored) => (
            <label key={String(takeStored)} className={styles.conflictSide}>
              <input
                type="radio"
                name={`conflict-${conflict.key}`}
                checked={chosen.includes(conflict.key) === takeStored}
                onChange={() => onChoose(conflict.key, takeStored)}
              />
              <span className={styles.conflictWho}>
                {t(takeStored ? 'cards.conflict.stored' : 'cards.conflict.typed')}
              </span>
              <WholeValue
                kind={stored.kind}
                field={conflict.key}
                value={takeStored ? conflict.stored : conflict.typed}
                words={words}
              />
            </label>
          ))}
        </fieldset>
      ))}
      <div>
        <Button kind="primary" onClick={() => onSettle(chosen)}>
          {t('cards.conflict.settle')}
        </Button>
      </div>
    </section>
  );
}
