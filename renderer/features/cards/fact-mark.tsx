import { Popover } from '@mantine/core';
import { IconCheck, IconHistory } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Card } from '../../../shared/contract/customers.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgeDot } from '../../ui/text/age-dot.tsx';
import styles from './sheet.module.css';

interface FactMarkProps {
  readonly confirmation: Card['confirmations'][string];
  readonly label: string;
  readonly now: Date;
  /** While the card is filled in, Tab goes from field to field. */
  readonly skipTab: boolean;
  readonly onConfirm: (() => void) | null;
  readonly onHistory: () => void;
}

/** The age of a fact (C6): a dot that fades; opened, it says when, by whom, on what, and lets it be confirmed as it stands. */
export function FactMark({ confirmation, label, now, skipTab, onConfirm, onHistory }: FactMarkProps) {
  const { t } = useText();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (!open && wasOpen.current) button.current?.focus({ preventScroll: true });
    wasOpen.current = open;
  }, [open]);
  const { at, by, evidence } = confirmation;
  const dot = <AgeDot at={at} by={by} evidence={evidence} now={now} />;
  // A card has a hundred of these: what floats is made when it is asked for.
  if (!open)
    return (
      <button
        ref={button}
        type="button"
        className={styles.fact}
        tabIndex={skipTab ? -1 : 0}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {dot}
      </button>
    );
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <button type="button" className={styles.fact} tabIndex={skipTab ? -1 : 0} onClick={() => setOpen(!open)}>
          {dot}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.factBody}>
          <p className={styles.factTitle}>{label}</p>
          <dl className={styles.factList}>
            <dt>{t('cards.fact.at')}</dt>
            <dd>
              {formats.instant(at)}
              <span className={styles.soft}> {formats.relative(at, now)}</span>
            </dd>
            <dt>{t('cards.fact.by')}</dt>
            <dd>{by}</dd>
            <dt>{t('cards.fact.evidence')}</dt>
            <dd>{evidence === '' ? t('cards.fact.noEvidence') : evidence}</dd>
          </dl>
          <div className={styles.factActions}>
            {onConfirm !== null && (
              <Button
                size="small"
                icon={IconCheck}
                data-autofocus
                onClick={() => {
                  setOpen(false);
                  onConfirm();
                }}
              >
                {t('cards.fact.confirm')}
              </Button>
            )}
            <Button
              size="small"
              kind="quiet"
              icon={IconHistory}
              onClick={() => {
                setOpen(false);
                onHistory();
              }}
            >
              {t('cards.fact.history')}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
