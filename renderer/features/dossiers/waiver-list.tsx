import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './binder.module.css';
import { type Dossier, typeOf } from './dossier-types.ts';

/** Papers that this customer need not have, with the reason and who said so (D1, D4). */
export function WaiverList({ dossier, dossierClass }: { readonly dossier: Dossier; readonly dossierClass: number }) {
  const { t } = useText();
  const formats = useFormats();
  const own = dossier.waivers.filter((waiver) => typeOf(waiver.type)?.class === dossierClass);
  if (own.length === 0) return null;
  return (
    <section className={styles.waivers} aria-label={t('dossiers.waivers')}>
      <h2 className={styles.waiversTitle}>{t('dossiers.waivers')}</h2>
      <ul>
        {own.map((waiver) => (
          <li key={`${waiver.type} ${waiver.exportOrder ?? ''}`}>
            {t(`documentType.${waiver.type}`)}
            {waiver.exportOrder !== null && ` · ${waiver.exportOrder}`}
            {': '}
            {t(`waiver.${waiver.state}`)} · {waiver.reason}{' '}
            <span className={styles.soft}>{t('dossiers.waivedBy', { by: waiver.by, at: formats.day(waiver.at) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
