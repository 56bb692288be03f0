import { PasswordInput } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import styles from './form.module.css';

/** R07: fewest characters of a secret, counted as people count them. */
export const SHORTEST_SECRET = 15;

export interface NewSecret {
  readonly secret: string;
  readonly repeated: string;
}

export const NO_SECRET: NewSecret = { secret: '', repeated: '' };

/** True when both are the same and long enough; common ones are refused by the archive itself. */
export function isUsable({ secret, repeated }: NewSecret): boolean {
  return [...secret].length >= SHORTEST_SECRET && secret === repeated;
}

interface NewSecretFieldsProps {
  readonly value: NewSecret;
  readonly onChange: (value: NewSecret) => void;
  readonly label: string;
  readonly error?: string | null | undefined;
  /** Offer six random words; false where somebody else is looking on. */
  readonly mayPropose?: boolean;
}

/** A new secret, typed twice; six random words are offered, and plain advice instead of rules about signs and digits (R07). */
export function NewSecretFields({ value, onChange, label, error, mayPropose = true }: NewSecretFieldsProps) {
  const { t } = useText();
  const [proposed, setProposed] = useState<string | null>(null);
  const length = [...value.secret].length;
  const propose = async () => {
    const { secret } = await archive.call('archive.suggestSecret', {});
    setProposed(secret);
    onChange({ secret, repeated: '' });
  };
  const differs =
    value.repeated !== '' && value.repeated.length >= value.secret.length && value.secret !== value.repeated;
  return (
    <div className={styles.stack}>
      {mayPropose && (
        <div className={styles.row}>
          <Button size="small" icon={IconArrowsShuffle} onClick={() => void propose().catch(() => undefined)}>
            {t(proposed === null ? 'secret.propose' : 'secret.proposeAnother')}
          </Button>
          <span className={styles.advice}>{t('secret.proposeHelp')}</span>
        </div>
      )}
      {proposed !== null && proposed === value.secret && <output className={styles.words}>{proposed}</output>}
      <PasswordInput
        label={label}
        required
        value={value.secret}
        error={error}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        description={
          <span className={length >= SHORTEST_SECRET ? styles.good : undefined}>
            {length === 0
              ? t('secret.advice', { min: SHORTEST_SECRET })
              : length < SHORTEST_SECRET
                ? t('secret.tooShort', { left: SHORTEST_SECRET - length })
                : t('secret.longEnough', { length })}
          </span>
        }
        onChange={(event) => onChange({ ...value, secret: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('secret.again')}
        required
        value={value.repeated}
        error={differs ? t('validation.secretsDiffer') : null}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
      />
    </div>
  );
}
