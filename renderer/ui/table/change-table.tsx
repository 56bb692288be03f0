import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './change-table.module.css';

const SHOWN = 300;

export interface Change {
  /** Number or code of the record. */
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What an act on many records would change, record by record; nothing has happened yet. Renders nothing without changes. */
export function ChangeTable({ label, changes }: { readonly label: string; readonly changes: readonly Change[] }) {
  const { t } = useText();
  const formats = useFormats();
  const beyond = changes.length - SHOWN;
  if (changes.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.changes} tabIndex={0} aria-label={label}>
      <table aria-label={label}>
        <tbody>
          {changes.slice(0, SHOWN).map((change) => (
            <tr key={change.key}>
              <td className={styles.number}>{change.key}</td>
              <td>{change.name}</td>
              <td>{`${change.from} → ${change.to}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {beyond > 0 && <p className={styles.beyond}>{t('list.bulk.more', { count: formats.number(beyond) })}</p>}
    </section>
  );
}
