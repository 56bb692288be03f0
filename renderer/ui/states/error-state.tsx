import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { errorWords } from './error-text.ts';
import styles from './states.module.css';

const REFUSALS = new Set(['ROLE_REFUSED', 'LOOKUP_ONLY', 'NOT_SIGNED_IN']);

interface ErrorStateProps {
  readonly error: AppError;
  readonly onRetry?: () => void;
  readonly actions?: ReactNode;
}

/** A screen that could not be shown: what happened, what to do, and the way on. A refusal says who may. */
export function ErrorState({ error, onRetry, actions }: ErrorStateProps) {
  const texts = useText();
  const words = errorWords(error, texts);
  const refused = REFUSALS.has(error.code);
  const Shape = refused ? IconLock : IconAlertTriangle;
  return (
    <div className={styles.state} role="alert">
      <Shape className={styles.iconSeal} size={28} stroke={1.25} aria-hidden />
      <h2 className={styles.title}>{words.title}</h2>
      {words.hint !== null && <p className={styles.text}>{words.hint}</p>}
      <FieldList fields={words.fields} />
      <div className={styles.actions}>
        {onRetry !== undefined && !refused && <Button onClick={onRetry}>{texts.t('kit.tryAgain')}</Button>}
        {actions}
      </div>
    </div>
  );
}

/** What this role may not do here, and who may. `whoKey` is a message key naming the roles. */
export function RefusedState({ title, who }: { readonly title: string; readonly who: string }) {
  return (
    <div className={styles.state}>
      <IconLock className={styles.icon} size={28} stroke={1.25} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{who}</p>
    </div>
  );
}

/** An error beside the work it concerns: in a dialog or above a form. Renders nothing without an error. */
export function ErrorNote({
  error,
  showFields = false,
}: {
  readonly error: AppError | null | undefined;
  readonly showFields?: boolean;
}) {
  const texts = useText();
  if (error === null || error === undefined || error.code === 'CANCELLED') return null;
  const words = errorWords(error, texts);
  return (
    <div className={styles.inline} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <div className={styles.inlineBody}>
        <strong>{words.title}</strong> {words.hint}
        {showFields && <FieldList fields={words.fields} />}
      </div>
    </div>
  );
}

function FieldList({ fields }: { readonly fields: readonly { readonly path: string; readonly text: string }[] }) {
  if (fields.length === 0) return null;
  return (
    <ul className={styles.fields}>
      {fields.slice(0, 12).map((field) => (
        <li key={`${field.path} ${field.text}`}>{field.text}</li>
      ))}
    </ul>
  );
}
