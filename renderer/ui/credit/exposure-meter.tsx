import type { OutputOf } from '../../../shared/contract/contract.ts';
import { usedPercent } from '../../../shared/domain/credit/score.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from '../dealings/dealings.module.css';
import { useMoney } from '../dealings/use-money.ts';
import { Tag } from '../text/tag.tsx';

type Use = Pick<
  OutputOf<'credit.standing'>,
  'exposure' | 'limit' | 'currency' | 'perMille' | 'mark' | 'warnAt' | 'blockAt'
>;
export const MARK_TONES = { none: 'plain', within: 'moss', warn: 'amber', block: 'seal' } as const;

/** How far a limit is used, with its two marks; in words too, never by colour alone (G4). */
export function ExposureMeter({ standing }: { readonly standing: Use }) {
  const { t } = useText();
  const money = useMoney();
  const { exposure, limit, currency, perMille, mark, warnAt, blockAt } = standing;
  const whole = Math.max(blockAt * 10 * 1.2, Math.min(perMille, blockAt * 20));
  const percent = (value: number) => `${Math.min(100, (value * 100) / whole)}%`;
  const words =
    limit === 0
      ? t('credit.noLimit', { exposure: money(exposure, currency) })
      : t('credit.used', {
          exposure: money(exposure, currency),
          limit: money(limit, currency),
          percent: usedPercent(perMille),
        });
  return (
    <div>
      <p>
        {words} <Tag tone={MARK_TONES[mark]}>{t(`creditPaper.marks.${mark}`)}</Tag>
      </p>
      {limit > 0 && (
        <div className={styles.meter} data-mark={mark} role="img" aria-label={words}>
          <span style={{ width: percent(perMille) }} />
          <i style={{ left: percent(warnAt * 10) }} title={`${warnAt}%`} />
          <i style={{ left: percent(blockAt * 10) }} title={`${blockAt}%`} />
        </div>
      )}
    </div>
  );
}
