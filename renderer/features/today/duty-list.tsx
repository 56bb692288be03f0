import { IconArrowRight, IconCalendarPause, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Duty, DutyLine } from '../../../shared/contract/duties.ts';
import { dayWords, noteOf } from '../../../shared/domain/duty-words.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { isComposing } from '../../state/ime.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { IconButton } from '../../ui/actions/button.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { PARTS, type Part, partOf, toneOf } from './duty-words.ts';
import { PUT_OFF_DIALOG, type PutOffData } from './put-off-dialog.tsx';
import styles from './today.module.css';

interface DutyListProps {
  readonly label: string;
  readonly duties: readonly Duty[];
  readonly today: string;
  /** One heading for all: the list of a single day. */
  readonly plain?: boolean;
}

/** Everything to be done, by parts; arrows or J/K walk through it, Enter opens the work, D puts it off. */
export function DutyList({ label, duties, today, plain = false }: DutyListProps) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const stops = (): HTMLElement[] => [...(frame.current?.querySelectorAll<HTMLElement>('[data-duty-stop]') ?? [])];
  const move = (step: number): void => {
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  const putOff = (): void =>
    (
      document.activeElement?.closest('[data-duty-row]')?.querySelector('[data-put-off]') as HTMLElement | null
    )?.click();
  useShortcut('j', () => move(1), { labelKey: 'today.keyNext' });
  useShortcut('k', () => move(-1), { labelKey: 'today.keyPrevious' });
  useShortcut('d', putOff, { labelKey: 'today.putOff' });
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || isComposing(event)) return;
    event.preventDefault();
    move(step);
  };
  const rows = (part: Part) => duties.filter((duty) => plain || partOf(duty) === part);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of lists, not a set of form fields
    <div ref={frame} role="group" aria-label={label} className={plain ? styles.side : undefined} onKeyDown={onKeyDown}>
      {PARTS.filter((part) => (plain ? part === 'now' : rows(part).length > 0)).map((part) => (
        <section key={part} className={styles.part} aria-label={plain ? label : t(`today.part.${part}`)}>
          {!plain && <h2 className={styles.partTitle}>{t(`today.part.${part}`)}</h2>}
          {rows(part).map((duty) => (
            <DutyGroup key={duty.key} duty={duty} today={today} />
          ))}
        </section>
      ))}
    </div>
  );
}

/** One kind of duty: its name with its number, and its first lines. What has no day stands in one line. */
function DutyGroup({ duty, today }: { readonly duty: Duty; readonly today: string }) {
  const { t } = useText();
  const name = t(`duty.${duty.key}`);
  const [first] = duty.lines;
  if (duty.standing === 'open' || first?.subject === '')
    return (
      <DutyRow
        line={duty.standing === 'open' ? wholeLine(duty) : { ...(first ?? wholeLine(duty)), title: name }}
        title={name}
        today={today}
        mayPutOff={duty.mayPutOff}
        count={duty.standing === 'open' ? duty.count : null}
      />
    );
  return <LinedGroup duty={duty} name={name} today={today} />;
}

/** Lines shown at once when all of a kind are asked for; beyond that its own screen is the place. */
const MOST_LINES = 200;

/** The first lines, and on asking the others in the same place; the arrow leads to the screen that holds them all. */
function LinedGroup({ duty, name, today }: { readonly duty: Duty; readonly name: string; readonly today: string }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const [whole, setWhole] = useState(false);
  const rest = useArchiveQuery('duties.list', { duty: duty.key, limit: MOST_LINES }, { enabled: whole });
  const lines = whole && rest.data !== undefined ? rest.data.lines : duty.lines;
  const more = duty.count - lines.length;
  return (
    <section className={styles.group} aria-label={name}>
      <header className={styles.groupHead}>
        <h3 className={styles.groupTitle}>{name}</h3>
        <span className={styles.groupCount} data-overdue={duty.overdue > 0 || undefined}>
          {formats.number(duty.count)}
        </span>
        <span className={styles.groupTool}>
          <IconButton icon={IconArrowRight} label={t('today.toAllOf', { name })} onClick={() => go(duty.place)} />
        </span>
      </header>
      <ul>
        {lines.map((line) => (
          <li key={line.subject}>
            <DutyRow line={line} title={line.title} today={today} mayPutOff={duty.mayPutOff} count={null} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          data-duty-stop
          className={styles.more}
          onClick={() => (whole ? go(duty.place) : setWhole(true))}
        >
          {t('today.more', { count: formats.number(more) })}
          {whole ? <IconChevronRight size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        </button>
      )}
    </section>
  );
}

function wholeLine(duty: Duty): DutyLine {
  return {
    duty: duty.key,
    subject: '',
    title: '',
    day: null,
    standing: duty.standing,
    note: '',
    params: {},
    place: duty.place,
  };
}

interface DutyRowProps {
  readonly line: DutyLine;
  readonly title: string;
  readonly today: string;
  readonly mayPutOff: boolean;
  readonly count: number | null;
}

function DutyRow({ line, title, today, mayPutOff, count }: DutyRowProps) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const { go } = useNavigate();
  const open = useDialogs((state) => state.open);
  const acts = useActingRole() !== undefined;
  const words = { t, has: texts.has, formats };
  const note = noteOf(line, words);
  const when = dayWords(line, today, words);
  const data: PutOffData = { duty: line.duty, subject: line.subject, title, today };
  return (
    <div className={styles.row} data-duty-row>
      <button type="button" data-duty-stop className={styles.line} onClick={() => go(line.place)}>
        <span className={styles.lineText}>
          <span className={styles.lineTitle}>{title}</span>
          {note !== '' && <span className={styles.lineNote}>{note}</span>}
        </span>
        {count !== null && <span className={styles.lineCount}>{formats.number(count)}</span>}
        {when !== '' && <Tag tone={toneOf(line.standing)}>{when}</Tag>}
      </button>
      {mayPutOff && acts && (
        <span className={styles.rowTool}>
          <IconButton
            data-put-off
            icon={IconCalendarPause}
            label={t('today.putOffThis', { title })}
            keys="d"
            onClick={() => open(PUT_OFF_DIALOG, data)}
          />
        </span>
      )}
    </div>
  );
}
