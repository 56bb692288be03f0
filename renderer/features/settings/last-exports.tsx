import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './last-exports.module.css';

const EXPORTS_SHOWN = 10;

/** What an entry says of an export: which list, how many rows, and for whom it was sealed (undefined: it left in plain, or not at all). */
function exportOf(data: string): { readonly list?: string; readonly rows?: number; readonly sealedFor?: string } {
  const { list, rows, customers, sealedFor } = JSON.parse(data) as Readonly<Record<string, unknown>>;
  const count = rows ?? customers;
  return {
    ...(typeof list === 'string' ? { list } : {}),
    ...(typeof count === 'number' ? { rows: count } : {}),
    ...(typeof sealedFor === 'string' ? { sealedFor } : {}),
  };
}

/** What was last written out of the archive, and whether whoever has the file can read it (R70): from the log. */
export function LastExports() {
  const { t, has } = useText();
  const formats = useFormats();
  const lists = useArchiveQuery('audit.list', { type: 'export', limit: EXPORTS_SHOWN }).data?.entries ?? [];
  const whole = useArchiveQuery('audit.list', { type: 'archive.export', limit: EXPORTS_SHOWN }).data?.entries ?? [];
  const entries = [...lists, ...whole].sort((a, b) => b.seq - a.seq).slice(0, EXPORTS_SHOWN);
  return (
    <Section title={t('settings.lastExports')} note={t('settings.lastExportsNote')}>
      {entries.length === 0 ? (
        <p className={pageStyles.lead}>{t('settings.noExports')}</p>
      ) : (
        <ul className={styles.exports}>
          {entries.map((entry) => {
            const { list, rows, sealedFor } = exportOf(entry.data);
            const what =
              list !== undefined && has(`list.name.${list}`) ? `list.name.${list}` : `audit.type.${entry.type}`;
            return (
              <li key={entry.seq}>
                <span>{formats.instant(entry.ts)}</span>
                <span>{entry.actor}</span>
                <span className={styles.what}>
                  {has(what) ? t(what) : entry.type}
                  {rows !== undefined && (
                    <span className={styles.soft}>{t('settings.exportedRows', { count: rows })}</span>
                  )}
                </span>
                {entry.outcome === 'ok' ? (
                  <Tag tone={sealedFor === undefined ? 'amber' : 'plain'}>
                    {sealedFor === undefined
                      ? t('exports.protection.plain')
                      : t('settings.sealedFor', { name: sealedFor })}
                  </Tag>
                ) : (
                  <span className={styles.soft}>{t(`audit.outcome.${entry.outcome}`)}</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
