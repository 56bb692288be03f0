import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { Texts } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { errorLine } from '../states/error-text.ts';
import styles from './dialog.module.css';

const SHORT_MS = 5_000;
const UNDO_MS = 10_000;

interface ToastOptions {
  /** Offered for ten seconds, where undoing is honest. */
  readonly undo?: { readonly label: string; readonly run: () => void };
  /** Takes the place of the last toast of this name: work that goes card by card leaves one, not a pile over the next card. */
  readonly inPlaceOf?: string;
}

/** The toast of each name that was shown last. */
const last = new Map<string, string>();

/** The name of a toast's closing button, for those who hear the page. */
const closeNamed = (): { readonly 'aria-label': string } => ({ 'aria-label': i18next.t('kit.close') });

/** Says in one line what happened. */
export function toast(message: string, options: ToastOptions = {}): void {
  const { undo, inPlaceOf } = options;
  const former = inPlaceOf === undefined ? undefined : last.get(inPlaceOf);
  if (former !== undefined) notifications.hide(former);
  const id = notifications.show({
    message:
      undo === undefined ? (
        message
      ) : (
        <span className={styles.toast}>
          <span className={styles.toastText}>{message}</span>
          <Button
            size="small"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </Button>
        </span>
      ),
    autoClose: undo === undefined ? SHORT_MS : UNDO_MS,
    withBorder: true,
    closeButtonProps: closeNamed(),
    color: 'lake',
  });
  if (inPlaceOf !== undefined) last.set(inPlaceOf, id);
}

/** Says what did not work, with the way on. */
export function toastError(thrown: unknown, texts: Texts): void {
  notifications.show({
    message: errorLine(thrown, texts),
    color: 'seal',
    autoClose: UNDO_MS,
    withBorder: true,
    closeButtonProps: closeNamed(),
  });
}

/** Takes every toast off the screen (lock). */
export function clearToasts(): void {
  notifications.clean();
}
