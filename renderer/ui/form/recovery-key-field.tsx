import { Textarea } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';

/** The recovery key as somebody types it from its sheet: in groups, over lines; never kept by the browser (R01). */
export function RecoveryKeyField({
  value,
  onChange,
  autoFocus = false,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}) {
  const { t } = useText();
  return (
    <Textarea
      label={t('start.recoveryKey')}
      description={t('lock.recoveryHelp')}
      required
      autosize
      minRows={2}
      maxLength={400}
      autoComplete="off"
      spellCheck={false}
      value={value}
      autoFocus={autoFocus}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
