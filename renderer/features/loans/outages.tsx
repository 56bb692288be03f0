import { useId, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { MinuteInput } from '../../ui/fields/minute-input.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './loans.module.css';

type Gap = OutputOf<'outages.list'>['gaps'][number];

const SHOWN = 3;

/** Silent times of the log around forms that were filled in by hand: to be explained, and the explanations that stand in the log. */
export function Outages({ mayAct }: { readonly mayAct: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { data } = useArchiveQuery('outages.list', {});
  const [explaining, setExplaining] = useState<Gap | null>(null);
  if (data === undefined) return null;
  const words = ({ from, to, forms }: Gap) => ({
    from: formats.instant(from),
    to: formats.instant(to),
    forms: forms.join(t('form.listSeparator')),
  });
  return (
    <section className={styles.outages} aria-label={t('loans.outages')}>
      <ul>
        {data.gaps.map((gap) => (
          <li key={gap.from} data-open>
            <span>{t('loans.outageGap', words(gap))}</span>
            {mayAct && (
              <Button size="small" onClick={() => setExplaining(gap)}>
                {t('loans.outageExplain')}
              </Button>
            )}
          </li>
        ))}
        {data.explained.slice(0, SHOWN).map((one) => (
          <li key={one.seq}>{t('loans.outageExplained', { ...words(one), reason: one.reason, seq: one.seq })}</li>
        ))}
      </ul>
      {mayAct && (
        <Button size="small" kind="quiet" onClick={() => setExplaining({ from: '', to: '', forms: [] })}>
          {t('loans.outageOther')}
        </Button>
      )}
      {explaining !== null && <ExplainDialog gap={explaining} onClose={() => setExplaining(null)} />}
    </section>
  );
}

function ExplainDialog({ gap, onClose }: { readonly gap: Gap; readonly onClose: () => void }) {
  const { t } = useText();
  const ids = useId();
  const explain = useArchiveCommand('outages.explain');
  const [from, setFrom] = useState<string | null>(gap.from === '' ? null : gap.from);
  const [to, setTo] = useState<string | null>(gap.to === '' ? null : gap.to);
  const [reason, setReason] = useState('');
  // Typed to the minute; the times of a gap that was found are kept to the second unless they are typed over.
  const submit = () =>
    from !== null &&
    to !== null &&
    explain.mutateAsync({ from, to, reason: reason.trim() }).then(
      () => {
        toast(t('loans.outageDone'));
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={t('loans.outageTitle')}
      submitLabel={t('loans.outageExplain')}
      busy={explain.isPending}
      maySubmit={reason.trim() !== '' && from !== null && to !== null}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <ErrorNote error={explain.error} showFields />
      <div className={styles.two}>
        <div className={styles.minute}>
          <label htmlFor={`${ids}-from`}>{t('loans.outageFrom')}</label>
          <MinuteInput id={`${ids}-from`} value={from} onValue={setFrom} />
        </div>
        <div className={styles.minute}>
          <label htmlFor={`${ids}-to`}>{t('loans.outageTo')}</label>
          <MinuteInput id={`${ids}-to`} value={to} onValue={setTo} />
        </div>
      </div>
      <ReasonField value={reason} onChange={setReason} autoFocus={gap.from !== ''} />
    </FormDialog>
  );
}
