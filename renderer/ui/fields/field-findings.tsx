import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { FieldError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { fieldErrorText } from '../states/error-text.ts';
import styles from './findings.module.css';

/** A star beside a label, in words for those who hear the page. */
export function RequiredMark() {
  const { t } = useText();
  return (
    <span className={styles.required} title={t('cards.requiredMark')}>
      <span aria-hidden>＊</span>
      <span className="visually-hidden">{t('cards.requiredMark')}</span>
    </span>
  );
}

/** What is to be said about a field, in words beside it: errors keep it from being saved, warnings do not (§1.10). */
export function FieldFindings({
  id,
  errors,
  warnings,
}: {
  readonly id: string;
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
}) {
  const texts = useText();
  if (errors.length + warnings.length === 0) return null;
  return (
    <div id={id} className={styles.findings}>
      {errors.map((error) => (
        <p key={`${error.path}${error.message}`} className={styles.error}>
          <IconAlertTriangle size={14} aria-hidden /> {fieldErrorText(error, texts)}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={`${warning.path}${warning.message}`} className={styles.warning}>
          <IconInfoCircle size={14} aria-hidden /> {fieldErrorText(warning, texts)}
        </p>
      ))}
    </div>
  );
}
