import { useText } from '../../i18n/use-text.ts';
import { KeyHint } from './key-hint.tsx';
import styles from './key-list.module.css';

interface KeyEntry {
  readonly keys: string;
  /** A second key for the same. */
  readonly also?: string;
  readonly labelKey: string;
  readonly groupKey: string;
}

const GROUPS = ['keys.group.desk', 'keys.group.screen', 'keys.group.list', 'keys.group.viewer'];

/** Keys and what they do, by groups. The same deed under two keys is one line. */
export function KeyList({ entries }: { readonly entries: readonly KeyEntry[] }) {
  const { t } = useText();
  const groups = [...new Set([...GROUPS, ...entries.map((entry) => entry.groupKey)])];
  return (
    <div className={styles.groups}>
      {groups.map((group) => {
        const lines = new Map<string, string[]>();
        for (const entry of entries.filter((one) => one.groupKey === group)) {
          const keys = [
            ...(lines.get(entry.labelKey) ?? []),
            entry.keys,
            ...(entry.also === undefined ? [] : [entry.also]),
          ];
          lines.set(entry.labelKey, [...new Set(keys)]);
        }
        if (lines.size === 0) return null;
        return (
          <section key={group}>
            <h3 className={styles.title}>{t(group)}</h3>
            <dl className={styles.list}>
              {[...lines].map(([labelKey, keys]) => (
                <div key={labelKey} className={styles.line}>
                  <dt>{t(labelKey)}</dt>
                  <dd>
                    {keys.map((one) => (
                      <KeyHint key={one} keys={one} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
