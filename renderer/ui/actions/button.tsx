import type { Icon } from '@tabler/icons-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { KeyHint } from '../text/key-hint.tsx';
import styles from './button.module.css';
import { tip } from './tip.tsx';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  /** `primary`: the one next step · `plain` · `quiet`: without a border · `link`: in a line of text · `danger`: what cannot be undone. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'link' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: Icon;
  /** Work is under way: shown, and a second press does nothing. */
  readonly busy?: boolean;
  /** Its key, shown at the end: `mod+s`. The key itself is registered with `useShortcut`. */
  readonly keys?: string;
  readonly children?: ReactNode;
}

const ICON_SIZE = 16;

/** A button with words. */
export function Button({
  kind = 'plain',
  size = 'medium',
  icon: IconShape,
  busy = false,
  keys,
  children,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  const classes = [styles.button, styles[kind], size === 'medium' ? '' : styles[size]].filter(Boolean).join(' ');
  return (
    <button
      {...rest}
      type={type}
      className={classes}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? (
        <span className={styles.busy} aria-hidden />
      ) : (
        IconShape !== undefined && (
          <span className={styles.icon} aria-hidden>
            <IconShape size={ICON_SIZE} stroke={1.75} />
          </span>
        )
      )}
      {children}
      {keys !== undefined && <KeyHint keys={keys} />}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  readonly icon: Icon;
  /** Said by screen readers and shown as a tooltip. */
  readonly label: string;
}

/** A button whose picture everybody knows (close, back); everything else has words. */
export function IconButton({
  icon: IconShape,
  label,
  kind = 'quiet',
  size = 'small',
  keys,
  busy: _busy,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const classes = [styles.button, styles[kind], styles.iconOnly, size === 'medium' ? '' : styles[size]]
    .filter(Boolean)
    .join(' ');
  return (
    <button {...rest} {...tip(label, keys)} type={type} className={classes} aria-label={label}>
      <IconShape size={ICON_SIZE} stroke={1.75} aria-hidden />
    </button>
  );
}
