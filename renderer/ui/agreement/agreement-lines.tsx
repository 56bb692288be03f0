import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './agreement.module.css';

/** Lines that follow each other under the same heading are one entry with several values. */
function grouped(lines: AgreementStatement['lines']): { field: string; values: string[] }[] {
  const groups: { field: string; values: string[] }[] = [];
  for (const { field, value } of lines) {
    const last = groups.at(-1);
    if (last?.field === field) last.values.push(value);
    else groups.push({ field, values: [value] });
  }
  return groups;
}

/** What is agreed to, whole, as the person reads it before agreeing. */
export function AgreementLines({
  statement,
  code,
}: {
  readonly statement: AgreementStatement;
  readonly code?: string;
}) {
  const { t, has } = useText();
  const words = (field: string, value: string) => {
    const key = `agreementValue.${field}.${value}`;
    return has(key) ? t(key) : value;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.sheet} aria-label={t('agreement.what')} tabIndex={0}>
      <header className={styles.sheetHead}>
        <span className={styles.sheetTitle}>{t(`agreementKind.${statement.kind}`)}</span>
        {code !== undefined && <span className={styles.code}>{code}</span>}
      </header>
      <dl className={styles.lines}>
        {grouped(statement.lines).map(({ field, values }) => (
          <div key={`${field}-${values[0]}`} style={{ display: 'contents' }}>
            <dt>{has(`agreementField.${field}`) ? t(`agreementField.${field}`) : field}</dt>
            <dd>
              {values.map((value) => (
                <div key={value}>{words(field, value)}</div>
              ))}
            </dd>
          </div>
        ))}
        <dt>{t('agreement.purpose')}</dt>
        <dd>{statement.purpose}</dd>
      </dl>
    </section>
  );
}
