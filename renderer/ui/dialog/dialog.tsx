import { Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import {
  type ComponentType,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { isComposing } from '../../state/ime.ts';
import { DIALOG } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../actions/button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  /** Stands over the whole window, for previews. */
  readonly fullScreen?: boolean;
  /** False while work runs that closing would lose. */
  readonly mayClose?: boolean;
}

/** A dialog; Escape closes it unless an input method is composing. */
export function Dialog({ title, onClose, children, size = 'md', fullScreen = false, mayClose = true }: DialogProps) {
  const { t } = useText();
  useFocusBack();
  const closeUnlessComposing = (event: EscapeEvent) => {
    if (event.key === 'Escape' && !isComposing(event) && mayClose) {
      event.stopPropagation();
      onClose();
    }
  };
  useStrayKeys(closeUnlessComposing);
  return (
    <Modal
      opened
      onClose={() => mayClose && onClose()}
      title={title}
      size={size}
      fullScreen={fullScreen}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={mayClose}
      onKeyDown={closeUnlessComposing}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
      // A head of a dialog is no banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className={styles.body}>{children}</div>
    </Modal>
  );
}

type EscapeEvent = KeyboardEvent | globalThis.KeyboardEvent;

/** The open dialogs, the topmost last. */
const open: symbol[] = [];

/**
 * A key pressed while nothing in a dialog has the focus (a button that was pressed and went away took it along) is
 * offered to the topmost dialog before the screen behind it.
 */
function useStrayKeys(onKey: (event: EscapeEvent) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const dialog = Symbol('dialog');
    open.push(dialog);
    const listen = (event: globalThis.KeyboardEvent): void => {
      const inside = event.target instanceof Element && event.target.closest(DIALOG) !== null;
      if (!inside && open.at(-1) === dialog) latest.current(event);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => {
      window.removeEventListener('keydown', listen, { capture: true });
      open.splice(open.indexOf(dialog), 1);
    };
  }, []);
}

/** What had the focus before the dialog has it again when the dialog is gone. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) setTimeout(() => before.isConnected && before.focus({ preventScroll: true }));
    },
    [before],
  );
}

/** The line of buttons at the end of a dialog: the way back first, the step last. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

interface FormDialogProps extends DialogProps {
  readonly submitLabel: string;
  readonly onSubmit: () => void;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly maySubmit?: boolean;
}

/** A dialog that asks: Enter in a line sends it, Escape gives it back. */
export function FormDialog({
  submitLabel,
  onSubmit,
  busy = false,
  danger = false,
  maySubmit = true,
  children,
  ...dialog
}: FormDialogProps) {
  const { t } = useText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog that this one asks in between is a part of it to React: what is sent there is not sent here.
    event.stopPropagation();
    if (!busy && maySubmit) onSubmit();
  };
  return (
    <Dialog {...dialog} mayClose={!busy}>
      <form onSubmit={submit} className={styles.body} noValidate>
        {children}
        <DialogActions>
          <Button onClick={dialog.onClose} disabled={busy}>
            {t('kit.back')}
          </Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy} disabled={!maySubmit}>
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** What a dialog of the stack gets. */
export interface StackedDialogProps<Data> {
  readonly data: Data;
  readonly onClose: () => void;
}

const kinds = new Map<string, ComponentType<StackedDialogProps<never>>>();

/** Names a component for a kind of `useDialogs.open(kind, data)`. At the top of the feature's module. */
export function registerDialog<Data>(kind: string, component: ComponentType<StackedDialogProps<Data>>): void {
  kinds.set(kind, component as ComponentType<StackedDialogProps<never>>);
}

/** Draws the open dialogs; once, in the frame. */
export function DialogStack() {
  const stack = useDialogs((state) => state.stack);
  const close = useDialogs((state) => state.close);
  return stack.map((dialog) => {
    const Kind = kinds.get(dialog.kind);
    return Kind === undefined ? null : (
      <Kind key={dialog.id} data={dialog.data as never} onClose={() => close(dialog.id)} />
    );
  });
}

interface DrawerProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A drawer at the side of the working area: it does not cover the work, Escape closes it. */
export function Drawer({ title, onClose, children }: DrawerProps) {
  const { t } = useText();
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isComposing(event)) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className={styles.drawer} aria-label={title}>
      <header className={styles.drawerHead}>
        <h2 className={styles.drawerTitle}>{title}</h2>
        <IconButton icon={IconX} label={t('kit.close')} keys="escape" onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.drawerBody} tabIndex={0} aria-label={title}>
        {children}
      </section>
    </aside>
  );
}
