import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from '../../ui/frame/page.module.css';
import type { AuditEntry } from './audit-log.tsx';

function readable(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    return data;
  }
}

/** Of an act for two people: `1` where one person did it alone, since there was no other (§1.4). */
const ALONE = /"alone":1\b/;

/** One entry with everything it says and its place in the chain. */
export function AuditEntryDetail({ entry }: { readonly entry: AuditEntry }) {
  const { t, has } = useText();
  const formats = useFormats();
  const facts: readonly (readonly [string, string])[] = [
    ['audit.time', `${formats.instant(entry.ts)} · ${entry.ts}`],
    ['audit.actor', `${entry.actor} · ${has(`role.${entry.role}`) ? t(`role.${entry.role}`) : entry.role}`],
    ['audit.type', has(`audit.type.${entry.type}`) ? `${t(`audit.type.${entry.type}`)} · ${entry.type}` : entry.type],
    ['audit.object', entry.obj],
    ['audit.outcome', has(`audit.outcome.${entry.outcome}`) ? t(`audit.outcome.${entry.outcome}`) : entry.outcome],
    ['audit.why', entry.why],
    ...(ALONE.test(entry.data) ? [['audit.persons', t('audit.alone')] as const] : []),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{t(label)}</dt>
          <dd>{value === '' ? '—' : value}</dd>
        </div>
      ))}
      <dt>{t('audit.data')}</dt>
      <dd className={styles.mono} style={{ whiteSpace: 'pre-wrap' }}>
        {readable(entry.data)}
      </dd>
      <dt>{t('audit.hash')}</dt>
      <dd className={styles.mono}>{entry.hash}</dd>
    </dl>
  );
}
