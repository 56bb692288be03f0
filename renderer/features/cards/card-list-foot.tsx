import type { InputOf } from '../../../shared/contract/contract.ts';
import type { ListField } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { listFieldLabel } from '../../ui/table/list-words.ts';

const GAPS_SHOWN = 5;
/** Sums of fields that mean nothing when they are added up. */
const NOT_SUMMED = new Set(['completeness', 'routeOrder', 'turnoverYear', 'statementDay', 'creditPeriodDays']);

interface ListFootProps {
  readonly query: Omit<InputOf<'customers.totals'>, 'fields'>;
  readonly shown: readonly string[];
  readonly fields: ReadonlyMap<string, ListField>;
}

/** Under the list of cards: totals of the numeric columns, and gaps in the numbers. */
export function ListFoot({ query, shown, fields }: ListFootProps) {
  const { t } = useText();
  const formats = useFormats();
  const summed = shown.filter((key) => fields.get(key)?.type === 'number' && !NOT_SUMMED.has(key)).slice(0, 20);
  const totals = useArchiveQuery(
    'customers.totals',
    { ...query, fields: summed },
    { enabled: summed.length > 0 || (query.text ?? '') !== '', keepPrevious: true },
  ).data;
  const words = summed.flatMap((key) => {
    const field = fields.get(key);
    const sums = totals?.sums.filter((sum) => sum.field === key) ?? [];
    if (field === undefined || sums.length === 0) return [];
    const amounts = sums.map(({ currency, sum }) =>
      currency === '' ? formats.number(sum) : formats.money(sum.toFixed(2), currency),
    );
    return [t('list.sum', { field: listFieldLabel(field, t), sum: amounts.join(t('form.listSeparator')) })];
  });
  return (
    <>
      {totals !== undefined && totals.firstOnly !== null && (
        <strong>{t('list.firstOnly', { count: formats.number(totals.firstOnly) })}</strong>
      )}
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
      <NumberGaps />
    </>
  );
}

/** Registration numbers that nobody has: reported, never filled (C1). */
function NumberGaps() {
  const { t } = useText();
  const gaps = useArchiveQuery('customers.numberGaps', {}).data?.gaps ?? [];
  if (gaps.length === 0) return null;
  const words = gaps.map(({ from, to }) => (from === to ? from : t('cards.gapRange', { from, to })));
  const shown = words.slice(0, GAPS_SHOWN).join(t('form.listSeparator'));
  return (
    <span title={words.join(t('form.listSeparator'))}>
      {words.length > GAPS_SHOWN
        ? t('cards.gapsMore', { gaps: shown, count: words.length })
        : t('cards.gaps', { gaps: shown })}
    </span>
  );
}
