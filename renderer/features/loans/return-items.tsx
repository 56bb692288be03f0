import { Checkbox, Select, TextInput } from '@mantine/core';
import type { Loan } from '../../../shared/contract/loan-records.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import { pageNumbers, pageRanges, parsePages } from '../../../shared/domain/page-check.ts';
import { useText } from '../../i18n/use-text.ts';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { returnProblem } from './counter-state.ts';
import styles from './loans.module.css';

/** What is being entered about one item that comes back. */
export interface ReturnEntry {
  readonly chosen: boolean;
  readonly pages: string;
  readonly condition: Loan['conditionOut'];
  readonly missing: string;
  readonly note: string;
}

export const emptyEntry = (chosen: boolean, typed = ''): ReturnEntry => ({
  chosen,
  pages: chosen && /^\d+\s*$/u.test(typed) ? typed.trim() : '',
  condition: 'intact',
  missing: '',
  note: '',
});

/** Pages as a number; null while nothing is counted. */
export function countedBack(entry: ReturnEntry): number | null {
  const counted = parseTypedNumber(entry.pages, true);
  return typeof counted === 'number' && counted >= 0 ? counted : null;
}

/** Most pages that are shown to be marked one by one. */
const MOST_MARKED = 80;

interface ReturnItemProps {
  readonly loan: Loan;
  readonly entry: ReturnEntry;
  readonly onEntry: (next: ReturnEntry) => void;
  readonly tried: boolean;
  readonly autoFocus: boolean;
  /** One of several: it may stay out. */
  readonly several: boolean;
  /** First page in the bound volume. */
  readonly volume: { readonly fromPage: number } | null;
}

/** The count of one item (B2): pages, condition, and the very pages that are not there. */
export function ReturnItem({ loan, entry, onEntry, tried, autoFocus, several, volume }: ReturnItemProps) {
  const { t } = useText();
  const counted = countedBack(entry);
  const problem = returnProblem(loan.pagesOut, counted, entry.condition, entry.missing, volume);
  const differs = counted !== null && counted !== loan.pagesOut;
  const change = (next: Partial<ReturnEntry>) => onEntry({ ...entry, ...next });
  return (
    <div className={styles.returnItem} data-several={several || undefined}>
      {several && (
        <Checkbox
          label={
            <>
              {loan.title} <span className={styles.soft}>{loan.code}</span>
            </>
          }
          checked={entry.chosen}
          onChange={(event) => change({ chosen: event.currentTarget.checked })}
        />
      )}
      {entry.chosen && (
        <>
          <div className={styles.two}>
            <TextInput
              label={t('loans.pagesIn', { pages: loan.pagesOut })}
              required
              autoFocus={autoFocus}
              inputMode="numeric"
              size={several ? 'sm' : 'md'}
              value={entry.pages}
              error={tried && problem === 'count' ? t('loans.countNeeded') : null}
              onChange={(event) => change({ pages: event.currentTarget.value })}
            />
            <Select
              label={t('loans.conditionIn')}
              size={several ? 'sm' : 'md'}
              data={CONDITIONS.map((one) => ({ value: one, label: t(`condition.${one}`) }))}
              value={entry.condition}
              onChange={(next) => change({ condition: (next ?? 'intact') as Loan['conditionOut'] })}
              error={
                problem === 'explain' && (tried || differs) ? t('loans.explainNeeded', { out: loan.pagesOut }) : null
              }
            />
          </div>
          {differs && entry.condition === 'pagesMissing' && (
            <MissingPages loan={loan} entry={entry} onEntry={onEntry} volume={volume} wrong={problem === 'missing'} />
          )}
          {(entry.condition !== 'intact' || differs) && (
            <>
              <TextInput
                label={t('loans.note')}
                maxLength={2000}
                value={entry.note}
                onChange={(event) => change({ note: event.currentTarget.value })}
              />
              <p className={styles.warn}>{t('loans.opensCase')}</p>
            </>
          )}
        </>
      )}
    </div>
  );
}

/** The page numbers of the catalogue, walked one by one: those that are not there are marked. */
function MissingPages({
  loan,
  entry,
  onEntry,
  volume,
  wrong,
}: Pick<ReturnItemProps, 'loan' | 'entry' | 'onEntry' | 'volume'> & { readonly wrong: boolean }) {
  const { t } = useText();
  const numbers = pageNumbers(loan.pagesOut, volume);
  const marked = parsePages(entry.missing) ?? [];
  const toggle = (page: number) =>
    onEntry({
      ...entry,
      missing: pageRanges(marked.includes(page) ? marked.filter((one) => one !== page) : [...marked, page]),
    });
  return (
    <>
      <TextInput
        label={t('loans.missingPages')}
        maxLength={400}
        value={entry.missing}
        error={
          wrong && entry.missing !== ''
            ? t('loans.missingWrong', { count: loan.pagesOut - (countedBack(entry) ?? 0) })
            : null
        }
        onChange={(event) => onEntry({ ...entry, missing: event.currentTarget.value })}
      />
      {numbers.length <= MOST_MARKED && (
        <fieldset className={styles.pages} aria-label={t('loans.pageWalk')}>
          {numbers.map((page) => (
            <button
              key={page}
              type="button"
              className={styles.page}
              aria-pressed={marked.includes(page)}
              onClick={() => toggle(page)}
            >
              {page}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}
