import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './room.module.css';

type Hit = OutputOf<'search.find'>['hits'][number];

interface RoomSearchProps {
  /** A customer, or a paper by its code in the dossier of its customer. */
  readonly onOpen: (number: string, code: string | null) => void;
}

/** Searching in the room: on Enter, not as typed, because every search counts and is logged (R28). */
export function RoomSearch({ onOpen }: RoomSearchProps) {
  const { t, has } = useText();
  const inWords = (subtitle: string) =>
    subtitle
      .split(' · ')
      .map((part) => (has(`option.region.${part}`) ? t(`option.region.${part}`) : part))
      .join(' · ');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [opened, setOpened] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const search = useArchiveQuery(
    'search.find',
    { text: asked, limit: 50, kinds: ['customer', 'paper'] },
    { enabled: asked !== '' },
  );
  const hits = search.data?.hits ?? [];
  const ask = () => {
    const wanted = text.trim();
    if (wanted === '') return;
    setAsked(wanted);
    setTimeout(() => void refreshSession(), 400);
  };
  const open = (hit: Hit) => {
    setOpened(hit.number);
    if (hit.kind === 'paper') onOpen(customerOfPaper(hit), hit.number);
    else onOpen(hit.number, null);
  };
  const move = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-hit="${index + step}"]`)?.focus();
  };
  return (
    <aside className={styles.search} aria-label={t('lookup.search')}>
      <form
        noValidate
        className={styles.searchForm}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <input
          className={styles.searchField}
          type="text"
          aria-label={t('palette.label')}
          placeholder={t('lookup.searchPlaceholder')}
          value={text}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the room is for searching, its one field has the focus
          autoFocus
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
            else if (!isComposing(event)) move(event, -1);
          }}
        />
        <Button type="submit" icon={IconSearch} size="large" busy={search.isFetching}>
          {t('lookup.find')}
        </Button>
      </form>
      <p className={styles.searchNote}>{t('lookup.searchNote')}</p>
      <ErrorNote error={search.error} />
      {search.data !== undefined && hits.length === 0 && <p role="status">{t('palette.none', { text: asked })}</p>}
      <ul ref={list} className={styles.hits}>
        {hits.map((hit, index) => (
          <li key={`${hit.kind} ${hit.number}`}>
            <button
              type="button"
              data-hit={index}
              aria-current={opened === hit.number ? 'true' : undefined}
              className={styles.hit}
              onClick={() => open(hit)}
              onKeyDown={(event) => move(event, index)}
            >
              <span className={styles.hitTitle}>{hit.title}</span>
              <span className={styles.hitNote}>
                {t(`hit.${hit.kind}`)} · {hit.number}
                {hit.subtitle !== '' && ` · ${inWords(hit.subtitle)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** The customer of a paper: the first word of its subtitle is the registration number. */
function customerOfPaper(hit: Hit): string {
  return hit.subtitle.split(' ')[0] ?? '';
}
