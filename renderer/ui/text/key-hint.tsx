import styles from './text.module.css';

const isMac = /Mac/.test(navigator.userAgent);

const NAMES: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
};

/** A key as it is written on the keyboard: `mod+k` becomes Ctrl K. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return (
    <kbd className={styles.keys} aria-hidden>
      {parts.map((part) => (
        <span key={part} className={styles.key}>
          {NAMES[part] ?? part.toUpperCase()}
        </span>
      ))}
    </kbd>
  );
}
