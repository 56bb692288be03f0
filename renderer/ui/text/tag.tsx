import type { ReactNode } from 'react';
import styles from './text.module.css';

export type Tone = 'plain' | 'seal' | 'amber' | 'moss' | 'lake';

/** A state in one or two words. Colour only underlines what the word says. `seal` is for what needs the keeper. */
export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.tag} ${tone === 'plain' ? '' : styles[tone]}`}>{children}</span>;
}
