import type { Translate } from '../../i18n/use-text.ts';

/** A retention code in words: `Y` permanent, `D30` thirty years; anything else as it stands. */
export function retentionText(code: string, t: Translate): string {
  if (code === 'Y') return t('retention.permanent');
  const years = /^D(\d+)$/u.exec(code)?.[1];
  return years === undefined ? code : t('retention.years', { years });
}
