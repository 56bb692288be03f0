import type { IssuedCopy } from '../../../shared/contract/copies.ts';
import type { Loan } from '../../../shared/contract/loan-records.ts';
import { useText } from '../../i18n/use-text.ts';
import { Tag } from '../text/tag.tsx';

/** What the tag of a loan says; a loan has it, and so have the rows of the list. */
export interface LoanStanding extends Pick<Loan, 'state' | 'daysOverdue' | 'conditionIn' | 'waiting'> {
  readonly breaches: readonly unknown[];
  /** null: it was not called back. */
  readonly recall: unknown;
}

/** How a loan stands: what needs the keeper first. */
export function LoanStateTag({ loan }: { readonly loan: LoanStanding }) {
  const { t } = useText();
  if (loan.state === 'prepared') return <Tag tone="amber">{t('loans.state.prepared')}</Tag>;
  if (loan.state !== 'returned' && loan.breaches.length > 0) return <Tag tone="seal">{t('loans.hasCase')}</Tag>;
  if (loan.state === 'overdue') return <Tag tone="seal">{t('loans.daysOverdue', { count: loan.daysOverdue })}</Tag>;
  if (loan.state === 'returned' && loan.conditionIn !== null && loan.conditionIn !== 'intact')
    return <Tag tone="amber">{t(`condition.${loan.conditionIn}`)}</Tag>;
  if (loan.recall !== null && loan.state === 'out') return <Tag tone="amber">{t('loans.recalled')}</Tag>;
  if (loan.waiting > 0 && loan.state === 'out')
    return <Tag tone="lake">{t('loans.waitingCount', { count: loan.waiting })}</Tag>;
  return <Tag>{t(`loans.state.${loan.state}`)}</Tag>;
}

/** How an issued copy stands. */
export function CopyStateTag({
  copy,
}: {
  readonly copy: Pick<IssuedCopy, 'state' | 'overdue' | 'daysOverdue' | 'condition'>;
}) {
  const { t } = useText();
  if (copy.state === 'missing') return <Tag tone="seal">{t('copies.state.missing')}</Tag>;
  if (copy.overdue) return <Tag tone="seal">{t('copies.lateDays', { count: copy.daysOverdue })}</Tag>;
  if (copy.state === 'made') return <Tag tone="amber">{t('copies.state.made')}</Tag>;
  if (copy.state === 'recovered' && copy.condition !== null && copy.condition !== 'intact')
    return <Tag tone="amber">{t(`condition.${copy.condition}`)}</Tag>;
  return <Tag>{t(`copies.state.${copy.state}`)}</Tag>;
}
