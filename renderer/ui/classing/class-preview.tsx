import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { ClassField } from '../../../shared/domain/classification.ts';
import { useText } from '../../i18n/use-text.ts';
import type { FieldKit } from '../fields/use-field-kit.ts';
import { ChangeTable } from '../table/change-table.tsx';
import { classText } from './class-choice.tsx';
import styles from './classing.module.css';

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
  const { changes, unchanged, unfit } = preview;
  return (
    <div role="status">
      <p className={styles.soft}>
        {unchanged > 0 && t('credit.class.unchanged', { count: unchanged })}
        {unfit.length > 0 &&
          `${unchanged > 0 ? ' · ' : ''}${t('credit.class.unfit', {
            numbers: unfit
              .slice(0, 20)
              .map((one) => one.number)
              .join(t('form.listSeparator')),
          })}`}
      </p>
      <ChangeTable
        label={t('credit.class.preview')}
        changes={changes.map(({ number, name, from, to }) => ({
          key: number,
          name,
          from: classText(kit, field, from),
          to: classText(kit, field, to),
        }))}
      />
    </div>
  );
}
