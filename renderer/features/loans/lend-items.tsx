import { Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import type { Loan } from '../../../shared/contract/loan-records.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import type { SecurityLevel } from '../../../shared/domain/security-levels.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { cleanCode, type Proposal } from './counter-state.ts';
import styles from './loans.module.css';
import { PaperSlip } from './paper-slip.tsx';

/** One paper on the form that is being filled in. */
export interface LendItem {
  readonly paper: Paper;
  readonly pages: string;
  readonly condition: Loan['conditionOut'];
  readonly due: string | null;
  readonly approvalLevels: readonly SecurityLevel[];
}

export function itemOf(proposal: Proposal): LendItem | undefined {
  const { paper, due, approvalLevels } = proposal;
  return paper === null ? undefined : { paper, pages: String(paper.pages), condition: 'intact', due, approvalLevels };
}

/** Pages as a number, or undefined while what is typed is none. */
export function countedPages(item: LendItem): number | undefined {
  const counted = parseTypedNumber(item.pages, true);
  return typeof counted === 'number' && counted >= 0 ? counted : undefined;
}

interface LendItemsProps {
  readonly items: readonly LendItem[];
  readonly tried: boolean;
  readonly onItems: (items: readonly LendItem[]) => void;
}

/** The papers on the form, as they lie on the counter. */
export function LendSlips({ items, onItems }: Omit<LendItemsProps, 'tried'>) {
  const { t } = useText();
  return items.map((item) => (
    <PaperSlip
      key={item.paper.code}
      paper={item.paper}
      action={
        items.length > 1 && (
          <IconButton
            icon={IconX}
            label={t('loans.dropItem')}
            onClick={() => onItems(items.filter((one) => one !== item))}
          />
        )
      }
    />
  ));
}

/** Count and condition of each paper; more are added by their codes (B1). */
export function LendCounts({ items, tried, onItems }: LendItemsProps) {
  const { t } = useText();
  const [adding, setAdding] = useState(false);
  const change = (at: number, next: Partial<LendItem>) =>
    onItems(items.map((item, index) => (index === at ? { ...item, ...next } : item)));
  return (
    <>
      {items.map((item, at) => (
        <div key={item.paper.code} className={styles.two}>
          <TextInput
            label={t('loans.pagesOut')}
            description={items.length > 1 ? item.paper.title : undefined}
            required
            inputMode="numeric"
            value={item.pages}
            error={tried && countedPages(item) === undefined ? t('validation.integer') : null}
            onChange={(event) => change(at, { pages: event.currentTarget.value })}
          />
          <Select
            label={t('loans.conditionOut')}
            description={items.length > 1 ? item.paper.code : undefined}
            data={CONDITIONS.filter((one) => one !== 'lost').map((one) => ({
              value: one,
              label: t(`condition.${one}`),
            }))}
            value={item.condition}
            onChange={(next) => change(at, { condition: (next ?? 'intact') as Loan['conditionOut'] })}
          />
        </div>
      ))}
      {adding ? (
        <AddItem
          taken={items.map((item) => item.paper.code)}
          onAdd={(item) => onItems([...items, item])}
          onClose={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button size="small" kind="quiet" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('loans.addItem')}
          </Button>
        </div>
      )}
    </>
  );
}

function AddItem({
  taken,
  onAdd,
  onClose,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (item: LendItem) => void;
  readonly onClose: () => void;
}) {
  const { t, has } = useText();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async (): Promise<void> => {
    const wanted = cleanCode(code);
    if (wanted === '') return onClose();
    try {
      const proposal = await archive.call('loans.proposal', { code: wanted });
      const item = itemOf(proposal);
      const [refusal] = proposal.refusals;
      if (item === undefined) return setProblem(t('loans.onlyPapers'));
      if (taken.includes(item.paper.code)) return setProblem(t('validation.twice'));
      if (refusal !== undefined)
        return setProblem(has(`loanRefusal.${refusal}`) ? t(`loanRefusal.${refusal}`) : refusal);
      onAdd(item);
      setCode('');
      setProblem(null);
    } catch (thrown) {
      setProblem(AppError.from(thrown).code === 'NOT_FOUND' ? t('loans.unknown', { code: wanted }) : t('loans.failed'));
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    // Enter adds here; it does not lend.
    event.preventDefault();
    event.stopPropagation();
    void ask();
  };
  return (
    <TextInput
      label={t('loans.addItemLabel')}
      autoFocus
      maxLength={60}
      value={code}
      error={problem}
      onKeyDown={onKey}
      onChange={(event) => setCode(event.currentTarget.value)}
    />
  );
}
