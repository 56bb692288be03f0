import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Passing } from '../../../shared/contract/passing-on.ts';
import type { InformationReport } from '../../../shared/contract/reporting.ts';
import type { ReportChannel } from '../../../shared/domain/visit.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { StaffSelect } from '../../ui/fields/staff-select.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { ChannelSelect } from './channel-select.tsx';
import styles from './visits.module.css';

/** Who is told of a report (V3): the salesperson of the customer, whom the rules name, whom the keeper adds; and how it was done. */
export function PassingSection({
  report,
  mayWrite,
}: {
  readonly report: InformationReport;
  readonly mayWrite: boolean;
}) {
  const { t } = useText();
  const passings = useArchiveQuery('information.recipients', { number: report.number }).data?.passings;
  const [dropping, setDropping] = useState<Passing | null>(null);
  if (passings === undefined) return null;
  const waiting = passings.filter(({ state }) => state === 'waiting');
  return (
    <section aria-label={t('visits.passingOn')}>
      <h3 className={styles.sub}>{t('visits.passingOn')}</h3>
      {passings.length === 0 && <p className={styles.soft}>{t('visits.passingNobody')}</p>}
      <ul className={styles.told}>
        {passings
          .filter(({ state }) => state !== 'waiting')
          .map((one) => (
            <Told key={one.staffId} one={one} />
          ))}
      </ul>
      {waiting.length > 0 && !mayWrite && (
        <p className={styles.soft}>
          {t('visits.passingWaits', { who: waiting.map(({ staff }) => staff).join(t('form.listSeparator')) })}
        </p>
      )}
      {mayWrite && (
        <PassOn
          key={waiting.map(({ staffId }) => staffId).join()}
          report={report}
          waiting={waiting}
          onDrop={setDropping}
        />
      )}
      {dropping !== null && <Drop number={report.number} one={dropping} onClose={() => setDropping(null)} />}
    </section>
  );
}

/** Somebody who has been told, or was left out with the reason. */
function Told({ one }: { readonly one: Passing }) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <li>
      <strong>{one.staff}</strong> <span className={styles.soft}>{one.department}</span>{' '}
      <Tag tone={one.state === 'passed' ? 'moss' : 'plain'}>{t(`visits.passing.${one.state}`)}</Tag>
      <div className={styles.soft}>
        {one.passedAt !== null &&
          `${formats.instant(one.passedAt)} · ${t(`option.reportChannel.${one.channel}`)} · ${one.decidedBy}`}
        {one.state === 'dropped' && `${one.words} · ${one.decidedBy}`}
      </div>
    </li>
  );
}

/** The people who wait to be told: all are, unless a mark is taken away. */
function PassOn({
  report,
  waiting,
  onDrop,
}: {
  readonly report: InformationReport;
  readonly waiting: readonly Passing[];
  readonly onDrop: (one: Passing) => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [channel, setChannel] = useState<ReportChannel>(report.kind === 'urgent' ? 'telephone' : 'written');
  const [words, setWords] = useState(report.facts);
  const passOn = useArchiveCommand('information.passOn');
  const add = useArchiveCommand('information.addRecipient');
  const marked = waiting.filter(({ staffId }) => !left.has(staffId));
  const submit = (): void => {
    if (marked.length === 0) return;
    passOn
      .mutateAsync({
        number: report.number,
        staffIds: marked.map(({ staffId }) => staffId),
        channel,
        words: words.trim(),
      })
      .then(
        () =>
          toast(
            t('visits.passedOnDone', {
              number: report.number,
              who: marked.map(({ staff }) => staff).join(t('form.listSeparator')),
            }),
          ),
        () => undefined,
      );
  };
  useShortcut('t', submit, { labelKey: 'visits.passOn', enabled: marked.length > 0 });
  return (
    <div className={styles.form}>
      <ErrorNote error={passOn.error ?? add.error} showFields />
      {waiting.map((one) => (
        <div key={one.staffId} className={styles.toTell}>
          <Checkbox
            checked={!left.has(one.staffId)}
            label={`${one.staff}　${one.department}`}
            description={t('visits.passBy', { why: t(`visits.passingWhy.${one.why}`), day: formats.day(one.passBy) })}
            onChange={(event) => {
              const next = new Set(left);
              if (event.currentTarget.checked) next.delete(one.staffId);
              else next.add(one.staffId);
              setLeft(next);
            }}
          />
          <Button size="small" kind="quiet" onClick={() => onDrop(one)}>
            {t('visits.passingDrop')}
          </Button>
        </div>
      ))}
      <StaffSelect
        label={t('visits.passingAdd')}
        required={false}
        value={null}
        onChange={(chosen) =>
          chosen !== null && void add.mutateAsync({ number: report.number, staffId: chosen.id }).catch(() => undefined)
        }
      />
      {waiting.length > 0 && (
        <>
          <ChannelSelect value={channel} onChange={setChannel} />
          <Textarea
            label={t('visits.passingWords')}
            description={t('visits.passingWordsHelp')}
            autosize
            minRows={2}
            maxLength={4_000}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <span>
            <Button kind="primary" keys="t" busy={passOn.isPending} disabled={marked.length === 0} onClick={submit}>
              {t('visits.passOn')}
            </Button>
          </span>
        </>
      )}
    </div>
  );
}

function Drop({
  number,
  one,
  onClose,
}: {
  readonly number: string;
  readonly one: Passing;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const drop = useArchiveCommand('information.dropRecipient');
  return (
    <FormDialog
      title={t('visits.passingDropTitle', { who: one.staff })}
      submitLabel={t('visits.passingDrop')}
      busy={drop.isPending}
      maySubmit={reason.trim() !== ''}
      onSubmit={() =>
        void drop.mutateAsync({ number, staffId: one.staffId, reason: reason.trim() }).then(onClose, () => undefined)
      }
      onClose={onClose}
    >
      <ErrorNote error={drop.error} showFields />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
