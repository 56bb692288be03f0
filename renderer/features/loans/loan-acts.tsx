import {
  IconAlertTriangle,
  IconCalendarPlus,
  IconHourglass,
  IconMailForward,
  IconPrinter,
  IconRotate,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { LoanForm } from '../../../shared/contract/loan-records.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { OpenBreachForm } from './breach-forms.tsx';
import { ExtendForm, RecallForm, RemindForm, RequestForm } from './loan-act-forms.tsx';
import styles from './loans.module.css';

interface LoanActsProps {
  /** The item, or the form for everything of it. */
  readonly number: string;
  readonly form: LoanForm;
  readonly code: string;
  readonly onActing: (acting: boolean) => void;
  readonly onChanged: () => void;
  readonly onBreach: (number: string) => void;
}

type Act = 'extend' | 'remind' | 'recall' | 'request' | 'breach';

const ACTS = [
  ['extend', IconCalendarPlus],
  ['recall', IconRotate],
  ['remind', IconMailForward],
  ['request', IconHourglass],
  ['breach', IconAlertTriangle],
] as const;

/** What else can be done with a loan while it is out (B2, B3). */
export function LoanActs({ number, form, code, onActing, onChanged, onBreach }: LoanActsProps) {
  const { t } = useText();
  const print = usePrint();
  const [act, setAct] = useState<Act | null>(null);
  const choose = (next: Act | null): void => {
    setAct(next);
    onActing(next !== null);
  };
  const common = {
    number,
    form,
    onClose: () => choose(null),
    onDone: () => {
      choose(null);
      onChanged();
    },
  };
  if (act === 'extend') return <ExtendForm {...common} />;
  if (act === 'recall') return <RecallForm {...common} />;
  if (act === 'remind') return <RemindForm {...common} />;
  if (act === 'request') return <RequestForm code={code} onClose={common.onClose} onDone={common.onDone} />;
  if (act === 'breach')
    return (
      <OpenBreachForm
        loanNumber={
          form.items.length > 1 ? (form.items.find((item) => item.code === code)?.loanNumber ?? number) : number
        }
        onClose={common.onClose}
        onOpened={onBreach}
      />
    );
  return (
    <div className={styles.others}>
      {ACTS.map(([kind, icon]) => (
        <Button key={kind} size="small" kind="quiet" icon={icon} onClick={() => choose(kind)}>
          {t(`loans.${kind}`)}
        </Button>
      ))}
      <Button
        size="small"
        kind="quiet"
        icon={IconPrinter}
        onClick={() => print({ form: 'loanForm', number: form.loanNumber })}
      >
        {t('loans.print')}
      </Button>
    </div>
  );
}
