import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ExportSeal } from '../../../shared/contract/exports.ts';
import { useText } from '../../i18n/use-text.ts';
import form from '../form/form.module.css';

/** For whom something leaves the archive: sealed unless somebody says otherwise (R70). */
export interface Sealing {
  readonly isSealed: boolean;
  readonly name: string;
  readonly key: string;
  change(next: Partial<{ readonly isSealed: boolean; readonly name: string; readonly key: string }>): void;
  /** Part of what a second person agrees to; empty in plain. */
  readonly named: { readonly sealedFor?: string };
  readonly isReady: boolean;
  /** Read when the file is written; the passphrase is kept nowhere else. */
  seal(): { readonly seal?: ExportSeal };
}

const AGE_KEY = /^age1[a-z0-9]{58}$/;
const LEAST_PASSPHRASE = 15;

/** `isSealed`: how it begins; in plain only what goes to the printer. */
export function useSealing(begin: Pick<Sealing, 'isSealed'> = { isSealed: true }): Sealing {
  const [state, setState] = useState({ ...begin, name: '', key: '' });
  const { isSealed, name, key } = state;
  const isKey = key.trim().startsWith('age1');
  return {
    ...state,
    change: (next) => setState((before) => ({ ...before, ...next })),
    named: isSealed && name.trim() !== '' ? { sealedFor: name.trim() } : {},
    isReady: !isSealed || (name.trim() !== '' && (isKey ? AGE_KEY.test(key.trim()) : key.length >= LEAST_PASSPHRASE)),
    seal: () => (isSealed ? { seal: isKey ? { recipient: key.trim() } : { passphrase: key } } : {}),
  };
}

/** `plainNote`: what leaving in plain means, where it is no table. */
export function SealingFields({
  sealing,
  plainNote = 'exports.plain',
}: {
  readonly sealing: Sealing;
  readonly plainNote?: string;
}) {
  const { t } = useText();
  const { isSealed, name, key, change } = sealing;
  return (
    <>
      <SegmentedControl
        aria-label={t('exports.protection')}
        value={isSealed ? 'sealed' : 'plain'}
        onChange={(value) => change({ isSealed: value === 'sealed' })}
        data={(['sealed', 'plain'] as const).map((value) => ({ value, label: t(`exports.protection.${value}`) }))}
      />
      {isSealed && (
        <>
          <TextInput
            label={t('exports.sealedFor')}
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('exports.seal')}
            description={t('exports.sealHelp')}
            required
            autoComplete="off"
            value={key}
            visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
            onChange={(event) => change({ key: event.currentTarget.value })}
          />
        </>
      )}
      <p className={form.advice}>{t(isSealed ? 'exports.sealedNote' : plainNote)}</p>
    </>
  );
}
