import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly tools?: ReactNode;
  /** `scroll`: a page of text and forms · `fill`: the child fills the rest (tables, viewers). */
  readonly body?: 'scroll' | 'fill';
  /** Which part of the screen it is, where it has several: another one begins at its top. */
  readonly part?: string;
  readonly children: ReactNode;
}

/** A screen of the desk: its title, its tools, its work. */
export function Page({ title, lead, tools, body = 'scroll', part, children }: PageProps) {
  const scroller = useRef<HTMLElement>(null);
  const former = useRef(part);
  useLayoutEffect(() => {
    // Not when it is drawn first: asking a new page for its place lays it out at once.
    if (scroller.current !== null && former.current !== part) scroller.current.scrollTop = 0;
    former.current = part;
  }, [part]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {lead !== undefined && <span className={styles.lead}>{lead}</span>}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </header>
      {body === 'scroll' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label={title}>
          {children}
        </section>
      ) : (
        <div className={styles.fill}>{children}</div>
      )}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a hairline. */
export function Section({ title, note, tools, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <header className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {note !== undefined && <span className={styles.sectionNote}>{note}</span>}
        {tools !== undefined && <div className={styles.sectionTools}>{tools}</div>}
      </header>
      {children}
    </section>
  );
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Views of one screen, beside its title. Arrows move between them. */
export function PageTabs({ label, tabs, value, onChange }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.id === value);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div role="tablist" tabIndex={-1} aria-label={label} className={styles.tabs} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          data-tab={tab.id}
          aria-selected={tab.id === value}
          tabIndex={tab.id === value ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
