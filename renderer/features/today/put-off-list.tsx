import { IconArrowBackUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './today.module.css';

/** What was put off: one quiet line, and on asking each with its day and reason, ready to be taken up again. */
export function PutOffList({ count }: { readonly count: number }) {
  const { t } = useText();
  const formats = useFormats();
  const acts = useActingRole() !== undefined;
  const [shown, setShown] = useState(false);
  const list = useArchiveQuery('duties.putOffList', {}, { enabled: shown && count > 0 });
  const takeUp = useArchiveCommand('duties.takeUp');
  if (count === 0) return null;
  const Arrow = shown ? IconChevronDown : IconChevronRight;
  return (
    <section className={styles.part} aria-label={t('today.putOffTitle')}>
      <button type="button" className={styles.more} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <Arrow size={14} aria-hidden />
        {t('today.putOffCount', { count: formats.number(count) })}
      </button>
      {shown && (
        <ul>
          {(list.data?.lines ?? []).map((line) => {
            const name = t(`duty.${line.duty}`);
            const title = line.title === '' ? name : line.title;
            return (
              <li key={`${line.duty} ${line.subject}`} className={styles.away}>
                <span className={styles.lineText}>
                  <span className={styles.lineTitle}>{title}</span>
                  <span className={styles.lineNote}>
                    {t('today.awayNote', { name, day: formats.day(line.until), reason: line.reason, by: line.by })}
                  </span>
                </span>
                {acts && (
                  <Button
                    size="small"
                    kind="quiet"
                    icon={IconArrowBackUp}
                    onClick={() => void takeUp.mutateAsync({ duty: line.duty, subject: line.subject })}
                  >
                    {t('today.takeUp')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
