import { NumberInput, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { TIERS } from '../../../shared/domain/classification.ts';
import { TIER_COMPARISONS, TIER_FIGURES } from '../../../shared/domain/tier-rules.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './rules.module.css';
import { SettingsForm, VersionList } from './settings-form.tsx';

type Saved = OutputOf<'tierRules.get'>;
type Rules = Saved['rules'];
type Rule = Rules['rules'][number];
const MOST_CONDITIONS = 6;
const MOST_RULES = 12;
const NEW_CONDITION: Rule['conditions'][number] = { figure: 'salesLastYear', comparison: 'atLeast', value: 0 };

/** K2: rules that propose a tier from figures of the last twelve months, in versions with the reason. */
export function TierRulesSettings() {
  const saved = useArchiveQuery('tierRules.get', {});
  if (saved.error !== null) return <ErrorState error={saved.error} onRetry={() => void saved.refetch()} />;
  if (saved.data === undefined) return <LoadingSkeleton shape="form" />;
  return <Form key={saved.data.version} saved={saved.data} />;
}

function Form({ saved }: { readonly saved: Saved }) {
  const { t } = useText();
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const [rules, setRules] = useState<Rules>(saved.rules);
  const save = useArchiveCommand('tierRules.save');
  const dirty = JSON.stringify(rules) !== JSON.stringify(saved.rules);
  const bandsWrong = rules.bands[0] >= rules.bands[1];
  const setRule = (index: number, rule: Rule): void =>
    setRules({ ...rules, rules: rules.rules.map((one, at) => (at === index ? rule : one)) });
  const moved = (index: number, by: -1 | 1): void => {
    const next = [...rules.rules];
    const [rule] = next.splice(index, 1);
    if (rule !== undefined) next.splice(index + by, 0, rule);
    setRules({ ...rules, rules: next });
  };
  const band = (index: 0 | 1) => (
    <NumberInput
      label={t(`settings.tiers.band.${index === 0 ? 'a' : 'b'}`)}
      suffix=" %"
      min={1}
      max={100}
      allowDecimal={false}
      disabled={!mayChange}
      value={rules.bands[index]}
      error={index === 1 && bandsWrong ? t('validation.classification.bands') : null}
      onChange={(value) =>
        typeof value === 'number' &&
        setRules({ ...rules, bands: index === 0 ? [value, rules.bands[1]] : [rules.bands[0], value] })
      }
    />
  );
  return (
    <SettingsForm
      mayChange={mayChange}
      dirty={dirty}
      wrong={bandsWrong}
      busy={save.isPending}
      error={save.error}
      asksReason
      onSave={(reason) =>
        save.mutateAsync({ rules, reason }).then(
          ({ version }) => toast(t('settings.tiers.saved', { version })),
          () => undefined,
        )
      }
      onGiveBack={() => setRules(saved.rules)}
    >
      <Section
        title={t('settings.tiers')}
        note={saved.version === 0 ? t('settings.defaultRules') : t('settings.version', { version: saved.version })}
        tools={
          mayChange && (
            <Button
              size="small"
              icon={IconPlus}
              disabled={rules.rules.length >= MOST_RULES}
              onClick={() =>
                setRules({ ...rules, rules: [...rules.rules, { tier: 'special', conditions: [NEW_CONDITION] }] })
              }
            >
              {t('settings.tiers.add')}
            </Button>
          )
        }
      >
        <p className={styles.help}>{t('settings.tiers.help')}</p>
        <ol className={styles.rules}>
          {rules.rules.map((rule, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be alike
            <li key={index} className={styles.rule}>
              <div className={styles.ruleHead}>
                <Select
                  aria-label={t('settings.tiers.gives')}
                  data={TIERS.map((tier) => ({ value: tier, label: t(`option.tier.${tier}`) }))}
                  value={rule.tier}
                  allowDeselect={false}
                  disabled={!mayChange}
                  onChange={(tier) => setRule(index, { ...rule, tier: TIERS.find((one) => one === tier) ?? rule.tier })}
                />
                <span className={styles.soft}>{t('settings.tiers.when')}</span>
                {mayChange && (
                  <span className={styles.acts}>
                    <IconButton
                      icon={IconArrowUp}
                      label={t('settings.tiers.up')}
                      disabled={index === 0}
                      onClick={() => moved(index, -1)}
                    />
                    <IconButton
                      icon={IconArrowDown}
                      label={t('settings.tiers.down')}
                      disabled={index === rules.rules.length - 1}
                      onClick={() => moved(index, 1)}
                    />
                    <IconButton
                      icon={IconTrash}
                      label={t('settings.tiers.remove')}
                      onClick={() => setRules({ ...rules, rules: rules.rules.filter((_, at) => at !== index) })}
                    />
                  </span>
                )}
              </div>
              <Conditions rule={rule} mayChange={mayChange} onRule={(next) => setRule(index, next)} />
            </li>
          ))}
        </ol>
        <div className={styles.pair}>
          <Select
            label={t('settings.tiers.otherwise')}
            data={TIERS.map((tier) => ({ value: tier, label: t(`option.tier.${tier}`) }))}
            value={rules.otherwise}
            allowDeselect={false}
            disabled={!mayChange}
            onChange={(tier) => setRules({ ...rules, otherwise: TIERS.find((one) => one === tier) ?? 'general' })}
          />
          <span />
          {band(0)}
          {band(1)}
        </div>
        <details className={styles.versions}>
          <summary>{t('settings.versions')}</summary>
          <VersionList versions={saved.versions} />
        </details>
      </Section>
    </SettingsForm>
  );
}

function Conditions({
  rule,
  mayChange,
  onRule,
}: {
  readonly rule: Rule;
  readonly mayChange: boolean;
  readonly onRule: (rule: Rule) => void;
}) {
  const { t } = useText();
  const set = (index: number, change: Partial<Rule['conditions'][number]>): void =>
    onRule({ ...rule, conditions: rule.conditions.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <>
      {rule.conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be alike
        <div key={index} className={styles.condition}>
          <Select
            aria-label={t('settings.tiers.figure')}
            data={TIER_FIGURES.map((figure) => ({ value: figure, label: t(`settings.tiers.figure.${figure}`) }))}
            value={condition.figure}
            allowDeselect={false}
            disabled={!mayChange}
            onChange={(figure) =>
              set(index, { figure: TIER_FIGURES.find((one) => one === figure) ?? condition.figure })
            }
          />
          <Select
            aria-label={t('list.filter.comparison')}
            data={TIER_COMPARISONS.map((one) => ({ value: one, label: t(`list.comparison.${one}`) }))}
            value={condition.comparison}
            allowDeselect={false}
            disabled={!mayChange}
            onChange={(comparison) =>
              set(index, { comparison: TIER_COMPARISONS.find((one) => one === comparison) ?? condition.comparison })
            }
          />
          <NumberInput
            aria-label={t('list.filter.value')}
            min={0}
            max={1e15}
            thousandSeparator=","
            disabled={!mayChange}
            value={condition.value}
            onChange={(value) => typeof value === 'number' && set(index, { value })}
          />
          {mayChange && (
            <IconButton
              icon={IconTrash}
              label={t('settings.tiers.removeCondition')}
              disabled={rule.conditions.length === 1}
              onClick={() => onRule({ ...rule, conditions: rule.conditions.filter((_, at) => at !== index) })}
            />
          )}
        </div>
      ))}
      {mayChange && (
        <Button
          kind="quiet"
          size="small"
          icon={IconPlus}
          disabled={rule.conditions.length >= MOST_CONDITIONS}
          onClick={() => onRule({ ...rule, conditions: [...rule.conditions, NEW_CONDITION] })}
        >
          {t('settings.tiers.addCondition')}
        </Button>
      )}
    </>
  );
}
