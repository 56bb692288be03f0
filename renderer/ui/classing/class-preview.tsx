import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { ClassField } from '../../../shared/domain/classification.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { FieldKit } from '../fields/use-field-kit.ts';
import { classText } from './class-choice.tsx';
import styles from './classing.module.css';

const SHOWN = 300;

/** What classing would change, card by card; nothing has happened yet. */
export function ClassPreview({
  kit,
  field,
  preview,
}: {
  readonly kit: FieldKit;
  readonly field: ClassField;
  readonly preview: OutputOf<'classification.preview'>;
}) {
  const { t } = useText();
  const formats = useFormats();
  const { changes, unchanged, unfit } = preview;
  const beyond = changes.length - SHOWN;
  return (
    <div role="status">
      <p className={styles.soft}>
        {t('credit.class.unchanged', { count: unchanged })}
        {unfit.length > 0 &&
          ` · ${t('credit.class.unfit', {
            numbers: unfit
              .slice(0, 20)
              .map((one) => one.number)
              .join(t('form.listSeparator')),
          })}`}
      </p>
      {changes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={styles.changes} tabIndex={0} aria-label={t('credit.class.preview')}>
          <table aria-label={t('credit.class.preview')}>
            <tbody>
              {changes.slice(0, SHOWN).map((change) => (
                <tr key={change.number}>
                  <td className={styles.number}>{change.number}</td>
                  <td>{change.name}</td>
                  <td>{`${classText(kit, field, change.from)} → ${classText(kit, field, change.to)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {beyond > 0 && <p className={styles.soft}>{t('list.bulk.more', { count: formats.number(beyond) })}</p>}
        </section>
      )}
    </div>
  );
}
