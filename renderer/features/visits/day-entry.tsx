import { useEffect, useMemo, useRef, useState } from 'react';
import { dailyReportFields, visitDetailFields } from '../../../shared/domain/forms/visit-forms.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { useDraft } from '../../drafts/use-draft.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast, toastError } from '../../ui/dialog/toasts.tsx';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { MinuteInput } from '../../ui/fields/minute-input.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './entry.module.css';
import {
  changeDetail,
  changeRow,
  type Entry,
  entryOf,
  type GridColumn,
  inputOf,
  isBlankRow,
  type Opened,
  pasteInto,
  problemsOfRow,
  rowForCustomer,
} from './entry-state.ts';
import { cellId, EntryTable } from './entry-table.tsx';
import { FactEditor } from './fact-editor.tsx';
import { FormFields } from './form-fields.tsx';

const DETAIL_FIELDS = visitDetailFields.filter((field) => field.key !== 'personMet');

interface DayEntryProps {
  readonly staffId: number;
  readonly day: string;
  readonly opened: Opened;
  /** Number from a paper form that was typed or scanned: its line is opened. */
  readonly customer: string | null;
  readonly onCustomerTaken: () => void;
  /** Whoever has just chosen the salesperson types on in the table. */
  readonly begin: boolean;
}

const offsetOn = (day: string): number => -new Date(`${day}T12:00:00`).getTimezoneOffset();

/** One salesperson's day: the table, what belongs to the line the cursor is in, the day's summary, and handing in. */
export function DayEntry({ staffId, day, opened, customer, onCustomerTaken, begin }: DayEntryProps) {
  const texts = useText();
  const { t } = texts;
  const words = useFieldWords();
  const offset = useMemo(() => offsetOn(day), [day]);
  const start = useMemo(() => entryOf(opened, offset), [opened, offset]);
  const draft = useDraft<Entry>('dailyReport', `${staffId} ${day}`);
  const [entry, setEntry] = useState<Entry>(start);
  const [current, setCurrent] = useState(start.rows[0]?.key ?? 1);
  const [judged, setJudged] = useState(false);
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const [unread, setUnread] = useState<readonly { row: number; value: string; message: string }[]>([]);
  const restored = useRef(false);
  const save = useArchiveCommand('dailyReports.save');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the day appears
  useEffect(() => {
    const last = start.rows.at(-1);
    if (begin && last !== undefined) document.getElementById(cellId(last.key, 'customer'))?.focus();
  }, []);

  // C3: what was typed before a crash or a lock is put back.
  useEffect(() => {
    if (!draft.ready || restored.current) return;
    restored.current = true;
    if (draft.found !== null) {
      setEntry(draft.found.value);
      toast(t('visits.restored'));
    }
  }, [draft, t]);
  const change = (next: Entry): void => {
    setEntry(next);
    draft.save(next, t('visits.draftTitle', { day }));
  };

  const latest = useRef(entry);
  useEffect(() => {
    latest.current = entry;
  });
  // V4: the code of a paper form opens the line of its customer.
  useEffect(() => {
    if (customer === null) return;
    onCustomerTaken();
    archive.call('customers.list', { text: customer, limit: 5 }).then(
      ({ rows }) => {
        const found = rows.find((row) => row.number === customer);
        if (found === undefined) {
          toastError(new AppError('NOT_FOUND', { params: { what: 'customer', number: customer } }), texts);
          return;
        }
        const { entry: next, key } = rowForCustomer(latest.current, found.number, found.name);
        setEntry(next);
        setCurrent(key);
        requestAnimationFrame(() => document.getElementById(cellId(key, 'startedAt'))?.focus());
      },
      (thrown: unknown) => toastError(thrown, texts),
    );
  }, [customer, onCustomerTaken, texts]);

  const filled = entry.rows.filter((row) => !isBlankRow(row));
  const incomplete = filled.filter((row) => problemsOfRow(row).length > 0);
  const wrong = incomplete.length + Object.keys(raw).length;
  const row = entry.rows.find((one) => one.key === current) ?? entry.rows[0];

  const run = async (handIn: boolean): Promise<void> => {
    setJudged(true);
    if (filled.length === 0 || wrong > 0 || save.isPending) {
      const [first] = incomplete;
      const [problem] = first === undefined ? [] : problemsOfRow(first);
      if (first !== undefined && problem !== undefined) document.getElementById(cellId(first.key, problem))?.focus();
      return;
    }
    const handedInAt = handIn ? (entry.handedInAt ?? new Date().toISOString()) : entry.handedInAt;
    try {
      const saved = await save.mutateAsync(
        inputOf({ ...entry, handedInAt }, { staffId, day, revision: opened.report?.revision ?? null, offset }),
      );
      draft.discard();
      toast(
        saved.openFacts > 0
          ? t('visits.savedFacts', { number: saved.number, count: saved.openFacts })
          : t('visits.saved', { number: saved.number, state: t(`dutyState.${saved.state}`) }),
      );
    } catch {
      // Said above the table.
    }
  };
  useShortcut('mod+s', () => void run(true), { labelKey: 'visits.handIn', inInputs: true });
  useShortcut('mod+enter', () => void run(true), { labelKey: 'visits.handIn', inInputs: true });

  const paste = (text: string, key: number, column: GridColumn): void => {
    const pasted = pasteInto(entry, text, key, column);
    change(pasted.entry);
    setUnread(pasted.unread);
    setJudged(false);
    toast(t('visits.pasted', { count: pasted.keys.length }));
  };
  const keepRaw =
    (scope: string) =>
    (path: string, text: string | null): void => {
      const name = `${scope} ${path}`;
      setRaw((former) => {
        const { [name]: _former, ...others } = former;
        return text === null ? others : { ...others, [name]: text };
      });
    };
  const rawOf = (scope: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(raw).flatMap(([name, text]) =>
        name.startsWith(`${scope} `) ? [[name.slice(scope.length + 1), text]] : [],
      ),
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.work} tabIndex={0} aria-label={t('visits.entry')}>
        <ErrorNote error={save.error} showFields />
        {unread.length > 0 && (
          <div className={styles.unread} role="status">
            {t('visits.unread', { count: unread.length })}
            <ul>
              {unread.slice(0, 6).map((one) => (
                <li key={`${one.row} ${one.value}`}>{t('visits.unreadCell', { row: one.row, value: one.value })}</li>
              ))}
            </ul>
          </div>
        )}
        <EntryTable
          entry={entry}
          current={current}
          judged={judged}
          onEntry={change}
          onCurrent={setCurrent}
          onPaste={paste}
        />
        <div className={styles.panes}>
          <section className={styles.pane} aria-label={t('visits.details')}>
            <h2>
              {t('visits.detailsOf', { row: entry.rows.findIndex((one) => one.key === current) + 1 })}{' '}
              <span className={styles.soft}>{row?.customerName}</span>
            </h2>
            {row !== undefined && !isBlankRow(row) ? (
              <>
                <FormFields
                  key={row.key}
                  form="visit"
                  idPrefix={`visit-detail-${row.key}`}
                  fields={DETAIL_FIELDS}
                  values={row.details}
                  raw={rawOf(String(row.key))}
                  words={words}
                  onValue={(key, value) => change(changeDetail(entry, row.key, key, value))}
                  onRaw={keepRaw(String(row.key))}
                />
                {row.customerName !== '' && (
                  <div className={styles.grid}>
                    <FactEditor
                      key={row.key}
                      customer={row.customer}
                      facts={row.facts}
                      words={words}
                      onFacts={(facts) => change(changeRow(entry, row.key, { facts }))}
                    />
                  </div>
                )}
              </>
            ) : (
              <p className={styles.soft}>{t('visits.detailsEmpty')}</p>
            )}
          </section>
          <section className={styles.pane} aria-label={t('visits.summary')}>
            <h2>{t('visits.summary')}</h2>
            <FormFields
              form="dailyReport"
              idPrefix="daily-report"
              fields={dailyReportFields}
              values={entry.values}
              raw={rawOf('report')}
              words={words}
              onValue={(key, value) => {
                const { [key]: _former, ...others } = entry.values;
                change({ ...entry, values: value === null || value === '' ? others : { ...others, [key]: value } });
              }}
              onRaw={keepRaw('report')}
            />
          </section>
        </div>
      </section>
      <footer className={styles.foot}>
        <span className={`${styles.footSay} ${judged && wrong > 0 ? styles.wrong : ''}`} role="status">
          {judged && filled.length === 0
            ? t('visits.nothingTyped')
            : judged && wrong > 0
              ? t('visits.rowsWrong', { count: wrong })
              : t('visits.rowsTyped', { count: filled.length })}
        </span>
        <label htmlFor="handed-in" className={styles.headLabel}>
          {t('visits.handedInAt')}
        </label>
        <MinuteInput
          id="handed-in"
          className={`${styles.headInput} ${styles.wide}`}
          value={entry.handedInAt}
          onValue={(handedInAt) => change({ ...entry, handedInAt })}
        />
        {entry.handedInAt === null && (
          <Button onClick={() => void run(false)} busy={save.isPending}>
            {t('visits.saveOnly')}
          </Button>
        )}
        <Button kind="primary" keys="mod+s" busy={save.isPending} onClick={() => void run(true)}>
          {t(opened.report?.handedInAt ? 'visits.correct' : 'visits.handIn')}
        </Button>
      </footer>
    </>
  );
}
