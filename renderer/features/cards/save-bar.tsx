import { IconDeviceFloppy } from '@tabler/icons-react';
import { useId } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { MinuteInput } from '../../ui/fields/minute-input.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { ChangeCount } from './card-form.ts';
import styles from './screen.module.css';

interface SaveBarProps {
  readonly count: ChangeCount;
  readonly reviewed: boolean;
  readonly evidence: string;
  readonly onEvidence: (text: string) => void;
  /** Instant of the visit the values come from. */
  readonly visitedAt: string | null;
  readonly onVisitedAt: (instant: string | null) => void;
  readonly maySave: boolean;
  readonly saving: boolean;
  readonly error: AppError | null;
  /** Fields that keep it from being saved. */
  readonly blocked: number;
  readonly onBlocked: () => void;
  readonly onSave: () => void;
  readonly onGiveBack: () => void;
  readonly draftKept: boolean;
}

const EVIDENCE_KEYS = ['cards.evidence.visit', 'cards.evidence.call', 'cards.evidence.paper', 'cards.evidence.report'];

/** What the values rest on and when the visit was, asked once (C4, C6); then save, or give back. */
export function SaveBar(props: SaveBarProps) {
  const { count, reviewed, evidence, visitedAt, saving, error, blocked } = props;
  const { t } = useText();
  const id = useId();
  const words = [
    count.changes > 0 ? t('cards.count.changes', { count: count.changes }) : null,
    count.confirmations > 0 ? t('cards.count.confirmations', { count: count.confirmations }) : null,
    reviewed ? t('cards.count.reviewed') : null,
  ].filter((part) => part !== null);
  return (
    <section className={styles.saveBar} aria-label={t('cards.saveBar')}>
      {error !== null && <ErrorNote error={error} showFields />}
      <div className={styles.saveLine}>
        <div className={styles.saveField}>
          <label htmlFor={`${id}-evidence`}>{t('cards.evidence')}</label>
          <input
            id={`${id}-evidence`}
            list={`${id}-kinds`}
            className={styles.saveInput}
            value={evidence}
            maxLength={400}
            autoComplete="off"
            placeholder={t('cards.evidence.placeholder')}
            onChange={(event) => props.onEvidence(event.currentTarget.value)}
          />
          <datalist id={`${id}-kinds`}>
            {EVIDENCE_KEYS.map((key) => (
              <option key={key} value={t(key)} />
            ))}
          </datalist>
        </div>
        <div className={styles.saveField}>
          <label htmlFor={`${id}-visit`}>{t('cards.visitTime')}</label>
          <MinuteInput id={`${id}-visit`} className={styles.saveTime} value={visitedAt} onValue={props.onVisitedAt} />
        </div>
        <div className={styles.saveSay} role="status">
          <span>{words.length === 0 ? t('cards.count.none') : words.join(t('form.listSeparator'))}</span>
          {blocked > 0 ? (
            <Button kind="link" onClick={props.onBlocked}>
              {t('cards.blocked', { count: blocked })}
            </Button>
          ) : (
            props.draftKept && <span className={styles.faint}>{t('cards.draftKept')}</span>
          )}
        </div>
        <Button onClick={props.onGiveBack} keys="escape" disabled={saving}>
          {t('cards.giveBack')}
        </Button>
        <Button
          kind="primary"
          icon={IconDeviceFloppy}
          keys="mod+s"
          busy={saving}
          disabled={!props.maySave}
          onClick={props.onSave}
        >
          {t('cards.save')}
        </Button>
      </div>
    </section>
  );
}
