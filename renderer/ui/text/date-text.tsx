import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';

/** A day (`2026-11-23`), partial date or instant as lists show it; the machine's form and the long form stay at hand. */
export function DateText({
  value,
  withTime = false,
}: {
  readonly value: string | null | undefined;
  readonly withTime?: boolean;
}) {
  const formats = useFormats();
  const { t } = useText();
  if (value === null || value === undefined || value === '') return <span aria-hidden>—</span>;
  if (value === 'indefinite') return <span>{t('kit.indefinite')}</span>;
  return (
    <time dateTime={value} title={value.length >= 10 ? formats.longDay(value) : undefined}>
      {withTime ? formats.instant(value) : formats.day(value)}
    </time>
  );
}
