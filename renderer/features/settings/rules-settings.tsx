import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ExchangeRates } from './exchange-rates.tsx';
import { Holidays } from './holidays.tsx';
import styles from './rules.module.css';
import { TierRulesSettings } from './tier-rules.tsx';

/** The rules by which the archive counts and proposes: tiers, currencies, working days; the scorecard stands with credit. */
export function RulesSettings() {
  const { t } = useText();
  const { go } = useNavigate();
  return (
    <div className={styles.page}>
      <TierRulesSettings />
      <ExchangeRates />
      <Holidays />
      <Section title={t('settings.scorecard')}>
        <p className={styles.help}>{t('settings.scorecard.help')}</p>
        <Button onClick={() => go({ screen: 'credit', tab: 'policy' })}>{t('settings.scorecard.open')}</Button>
      </Section>
    </div>
  );
}
