import { Modal, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useArchiveQuery } from '../gateway/use-archive.ts';
import { useFormats } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { isComposing } from '../state/ime.ts';
import { useNavigate } from '../state/navigation.ts';
import { useActingRole } from '../state/session.ts';
import { useComposedText } from '../state/use-composed-text.ts';
import { ErrorNote } from '../ui/states/error-state.tsx';
import styles from './command-palette.module.css';
import { commandList, matchingCommands } from './commands.ts';
import { type Hit, HitLine, placeOfHit } from './hit-line.tsx';

const HIT_LIMIT = 12;
const COMMAND_LIMIT_WITH_TEXT = 4;

type Entry =
  | { readonly kind: 'hit'; readonly hit: Hit }
  | { readonly kind: 'command'; readonly id: string; readonly label: string; readonly run: () => void };

const keyOf = (entry: Entry): string => (entry.kind === 'hit' ? `${entry.hit.kind} ${entry.hit.number}` : entry.id);

/** With the key that opens it: Mantine's own focus comes after the next letter of somebody who types on. */
const focusAtOnce = (box: HTMLInputElement | null): void => box?.focus();

/** The one search box: people, papers, codes and commands, answered as typed. Keeps the focus; arrows choose, Enter goes. */
export function CommandPalette({
  onClose,
  onShowKeys,
}: {
  readonly onClose: () => void;
  readonly onShowKeys: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { go } = useNavigate();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const role = useActingRole();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { text, settled, inputProps } = useComposedText();
  /** Whoever the arrows or the pointer chose; null: the first. It stays the chosen one when an answer puts others before it. */
  const [chosen, setChosen] = useState<string | null>(null);
  /** Enter was pressed before the answer was there: what comes first then is taken, not what happened to stand there. */
  const [entered, setEntered] = useState(false);

  const wanted = settled.trim();
  const search = useArchiveQuery(
    'search.find',
    { text: wanted, limit: HIT_LIMIT },
    { enabled: wanted !== '', keepPrevious: true },
  );
  const hits = wanted === '' ? [] : (search.data?.hits ?? []);
  const more = wanted === '' ? 0 : (search.data?.total ?? 0) - hits.length;
  const commands = commandList({ t, showKeys: onShowKeys, setAppearance: setColorScheme });
  const found = matchingCommands(commands, text, (command) => t(command.labelKey, command.params), role);
  const offered = wanted === '' ? found : found.slice(0, COMMAND_LIMIT_WITH_TEXT);
  const entries: readonly Entry[] = [
    ...hits.map((hit): Entry => ({ kind: 'hit', hit })),
    ...offered.map(
      (command): Entry => ({
        kind: 'command',
        id: command.id,
        label: t(command.labelKey, command.params),
        run: command.run,
      }),
    ),
  ];
  const activeIndex = Math.max(
    0,
    entries.findIndex((entry) => keyOf(entry) === chosen),
  );
  const isAnswered = text === settled && (wanted === '' || !search.isFetching);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts at its first answer
  useEffect(() => setChosen(null), [settled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed on takes the Enter back
  useEffect(() => setEntered(false), [text]);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${activeIndex}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [activeIndex]);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    if (entry.kind === 'hit') go(placeOfHit(entry.hit));
    else entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = entries[(activeIndex + step + entries.length) % Math.max(1, entries.length)];
      setChosen(next === undefined ? null : keyOf(next));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isAnswered || chosen !== null) choose(entries[activeIndex]);
      else setEntered(true);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer comes
  useEffect(() => {
    if (entered && isAnswered && search.error === null) choose(entries[0]);
  }, [entered, isAnswered]);

  const option = (entry: Entry, index: number) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input field has the keys
    <div
      key={keyOf(entry)}
      id={`${listId}-${index}`}
      data-index={index}
      role="option"
      tabIndex={-1}
      aria-selected={index === activeIndex}
      className={styles.option}
      onMouseMove={() => setChosen(keyOf(entry))}
      onClick={() => choose(entry)}
    >
      {entry.kind === 'hit' ? <HitLine hit={entry.hit} /> : entry.label}
    </div>
  );

  return (
    <Modal.Root opened onClose={onClose} closeOnEscape={false} lockScroll={false} size={640} yOffset={72}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.label')}>
        <div className={styles.box}>
          <IconSearch size={18} stroke={1.75} aria-hidden />
          <input
            {...inputProps}
            ref={focusAtOnce}
            className={styles.input}
            type="text"
            role="combobox"
            aria-label={t('palette.label')}
            aria-expanded={entries.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={entries.length > 0 ? `${listId}-${activeIndex}` : undefined}
            placeholder={t('palette.placeholder')}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            onKeyDown={onKeyDown}
          />
        </div>
        <ErrorNote error={search.error} />
        <div ref={list} id={listId} role="listbox" aria-label={t('palette.label')} className={styles.list}>
          {hits.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div role="group" aria-label={t('palette.records')}>
              <div className={styles.group} aria-hidden>
                {t('palette.records')}
              </div>
              {entries.slice(0, hits.length).map((entry, index) => option(entry, index))}
            </div>
          )}
          {offered.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div role="group" aria-label={t('palette.commands')}>
              <div className={styles.group} aria-hidden>
                {t('palette.commands')}
              </div>
              {entries.slice(hits.length).map((entry, index) => option(entry, hits.length + index))}
            </div>
          )}
        </div>
        <div className={styles.foot} role="status">
          <p className="visually-hidden">{wanted !== '' && t('palette.results', { count: entries.length })}</p>
          {wanted !== '' && search.data !== undefined && hits.length === 0 && (
            <span>
              {t('palette.none', { text: wanted })} {t('palette.noneHint')}
            </span>
          )}
          {more > 0 && (
            <span>
              {t(search.data?.many === true ? 'palette.manyMore' : 'palette.more', { count: formats.number(more) })}
            </span>
          )}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
