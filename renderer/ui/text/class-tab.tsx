import { useText } from '../../i18n/use-text.ts';
import styles from './text.module.css';

export type DossierClass = 1 | 2 | 3 | 4 | 5;

/** The divider of one of the five classes: its colour, its numeral and, unless `markOnly`, its name. The same on screen, labels and volumes. */
export function ClassTab({ value, markOnly = false }: { readonly value: number; readonly markOnly?: boolean }) {
  const { t } = useText();
  const name = t(`dossierClass.${value}`);
  return (
    <span className={styles.classTab} title={markOnly ? name : undefined}>
      <span
        className={styles.classMark}
        aria-hidden={!markOnly}
        style={{ background: `var(--class-${value})`, color: `var(--on-class-${value})` }}
      >
        {value}
      </span>
      {markOnly ? <span className="visually-hidden">{name}</span> : name}
    </span>
  );
}
