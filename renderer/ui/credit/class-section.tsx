import { CLASS_FIELDS, type ClassField } from '../../../shared/domain/classification.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { classText } from '../classing/class-choice.tsx';
import styles from '../dealings/dealings.module.css';
import { useFieldKit } from '../fields/use-field-kit.ts';
import { Section } from '../frame/page.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';

/** Which classes a customer has (K1, K2), where it stands in the composition of sales, and what it was before, with the reasons (K3). */
export function ClassSection({ number }: { readonly number: string }) {
  const { t } = useText();
  const formats = useFormats();
  const kit = useFieldKit();
  const history = useArchiveQuery('classification.history', { number });
  if (history.error !== null) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <LoadingSkeleton shape="form" count={3} />;
  const { classes, changes, composition } = history.data;
  const facts: readonly (readonly [string, string])[] = [
    ...CLASS_FIELDS.map((field) => [t(`credit.class.f.${field}`), classText(kit, field, classes[field])] as const),
    [t('credit.class.band'), t(`credit.class.band.${composition.band}`)],
    [t('list.field.salesLastYear'), formats.number(Math.round(composition.salesLastYear))],
    [t('list.field.salesShare'), formats.number(composition.share)],
    [t('list.field.cumulativeShare'), formats.number(composition.cumulativeShare)],
    [t('list.field.ordersLastYear'), formats.number(composition.ordersLastYear)],
    [t('list.field.yearsOfDealing'), formats.number(composition.yearsOfDealing)],
  ];
  return (
    <Section title={t('credit.class.title')} note={t('credit.class.titleNote')}>
      <dl className={styles.grid}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {changes.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t('credit.class.former')}</caption>
          <tbody>
            {changes.map((change) => (
              <tr key={`${change.at} ${change.field}`}>
                <td>{formats.day(change.at)}</td>
                <td>{t(`credit.class.f.${change.field}`)}</td>
                <td>
                  {classText(kit, change.field as ClassField, change.from)} →{' '}
                  {classText(kit, change.field as ClassField, change.to)}
                </td>
                <td>{change.reason}</td>
                <td>{change.by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
