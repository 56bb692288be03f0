import { Textarea } from '@mantine/core';
import { IconId, IconPrinter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { InformationReport } from '../../../shared/contract/reporting.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { informationFields } from '../../../shared/domain/forms/visit-forms.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { toast, toastError } from '../../ui/dialog/toasts.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { PassingSection } from './passing-section.tsx';
import styles from './visits.module.css';

interface InformationSideProps {
  readonly number: string;
  readonly onClose: () => void;
}

/** One report: what it says, who has taken note, what was done. */
export function InformationSide({ number, onClose }: InformationSideProps) {
  const { t } = useText();
  const report = useArchiveQuery('information.get', { number });
  if (report.error !== null)
    return (
      <aside className={styles.side}>
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      </aside>
    );
  if (report.data === undefined)
    return (
      <aside className={styles.side}>
        <LoadingSkeleton shape="rows" count={8} />
      </aside>
    );
  return (
    <aside className={styles.side} aria-label={t('visits.reportOf', { number })}>
      <Said report={report.data} onClose={onClose} />
    </aside>
  );
}

function Said({ report, onClose }: { readonly report: InformationReport; readonly onClose: () => void }) {
  const words = useFieldWords();
  const { t } = words;
  const formats = useFormats();
  const print = usePrint();
  const { go } = useNavigate();
  const role = useActingRole();
  useShortcut('p', () => print({ form: 'informationReport', number: report.number }), { labelKey: 'visits.print' });
  useShortcut('escape', onClose, { labelKey: 'kit.close' });
  const filled = informationFields(report.kind).filter((field) => !isEmptyValue(report.values[field.key]));
  const lines: readonly (readonly [string, string])[] = [
    [t('visits.subject'), t(`option.reportSubject.${report.subject}`)],
    [t('visits.reportedAt'), formats.instant(report.reportedAt)],
    [t('visits.reporter'), `${report.reporter} · ${t(`option.reportChannel.${report.channel}`)}`],
    ...filled.map(
      (field) =>
        [t(fieldLabelKey('information', field.key)), valueText(field, report.values[field.key], words)] as const,
    ),
    [t('visits.recordedBy'), `${report.recordedBy} ${formats.instant(report.recordedAt)}`],
  ];
  const { customer } = report;
  return (
    <>
      <header style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
        <h2 className={styles.sideTitle} style={{ flex: 1 }}>
          {report.customerName === '' ? t('visits.noCustomer') : report.customerName}
        </h2>
        <IconButton icon={IconX} label={t('kit.close')} keys="escape" onClick={onClose} />
      </header>
      <p className={styles.soft}>
        <Tag tone={report.kind === 'urgent' ? 'seal' : 'plain'}>{t(`option.reportKind.${report.kind}`)}</Tag>{' '}
        {report.number}
      </p>
      <div className={styles.actions}>
        <Button icon={IconPrinter} keys="p" onClick={() => print({ form: 'informationReport', number: report.number })}>
          {t('visits.print')}
        </Button>
        {customer !== null && (
          <Button icon={IconId} onClick={() => go({ screen: 'cards', number: customer })}>
            {t('visits.toCard')}
          </Button>
        )}
        {report.openFacts > 0 && (
          <Button onClick={() => go({ screen: 'visits', tab: 'facts' })}>
            {t('visits.factsOfReport', { count: report.openFacts })}
          </Button>
        )}
      </div>
      <dl className={styles.facts}>
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Acknowledgement report={report} bySession={role === 'supervisor'} />
      <PassingSection report={report} mayWrite={role === 'keeper'} />
      {report.state !== 'waiting' && <Handling report={report} mayWrite={role === 'keeper'} />}
    </>
  );
}

/** Who took note, or who must until when; a named person does it with an own secret or on paper (V3). */
function Acknowledgement({ report, bySession }: { readonly report: InformationReport; readonly bySession: boolean }) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const [note, setNote] = useState('');
  const [statement, setStatement] = useState<OutputOf<'information.statement'>['statement'] | null>(null);
  const acknowledge = useArchiveCommand('information.acknowledge');
  const given = { number: report.number, note: note.trim() };
  const finish = (): void => {
    acknowledge.mutateAsync(given).then(
      (done) => toast(t('visits.acknowledgedDone', { number: report.number, by: done.acknowledgedBy })),
      () => undefined,
    );
  };
  const ask = (): void => {
    if (bySession) finish();
    else
      archive
        .call('information.statement', given)
        .then(({ statement: asked }) => setStatement(asked))
        .catch((thrown: unknown) => toastError(thrown, texts));
  };
  useShortcut('a', () => report.state === 'waiting' && document.getElementById('acknowledge-note')?.focus(), {
    labelKey: 'visits.acknowledge',
  });
  if (report.acknowledgeBy === null && report.acknowledgedAt === null)
    return <p className={styles.soft}>{t('visits.noAcknowledgement')}</p>;
  return (
    <section aria-label={t('visits.acknowledgement')}>
      <h3 className={styles.sub}>{t('visits.acknowledgement')}</h3>
      {report.acknowledgedAt !== null ? (
        <dl className={styles.facts}>
          <div>
            <dt>{t('visits.acknowledgedBy')}</dt>
            <dd>
              {report.acknowledgedBy} {formats.instant(report.acknowledgedAt)}{' '}
              {report.late && <Tag tone="amber">{t('visits.tooLate')}</Tag>}
            </dd>
          </div>
          {report.acknowledgement !== '' && (
            <div>
              <dt>{t('visits.instruction')}</dt>
              <dd>{report.acknowledgement}</dd>
            </div>
          )}
        </dl>
      ) : (
        <>
          <p className={report.late ? styles.bad : styles.soft}>
            {t(report.acknowledger === '' ? 'visits.mustAcknowledgeSomebody' : 'visits.mustAcknowledge', {
              by: report.acknowledger,
              until: report.acknowledgeBy === null ? '' : formats.instant(report.acknowledgeBy),
            })}
          </p>
          <ErrorNote error={acknowledge.error} />
          <div className={styles.form}>
            <Textarea
              id="acknowledge-note"
              label={t('visits.instruction')}
              autosize
              minRows={2}
              maxLength={4_000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                ask();
              }}
            />
            <span>
              <Button kind="primary" busy={acknowledge.isPending} onClick={ask}>
                {t(bySession ? 'visits.acknowledge' : 'visits.askAcknowledgement')}
              </Button>
            </span>
          </div>
        </>
      )}
      {statement !== null && (
        <AgreementDialog statement={statement} onAgreed={finish} onClose={() => setStatement(null)} />
      )}
    </section>
  );
}

/** What was done about it, and its end. */
function Handling({ report, mayWrite }: { readonly report: InformationReport; readonly mayWrite: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const [handling, setHandling] = useState(report.handling);
  const [outcome, setOutcome] = useState(report.outcome);
  const close = useArchiveCommand('information.close');
  const save = (ends: boolean): void => {
    close
      .mutateAsync({
        number: report.number,
        handling: handling.trim(),
        closedOn: ends ? today : null,
        outcome: ends ? outcome.trim() : '',
      })
      .then(
        () => toast(t(ends ? 'visits.closedDone' : 'visits.handlingSaved', { number: report.number })),
        () => undefined,
      );
  };
  return (
    <section aria-label={t('visits.handling')}>
      <h3 className={styles.sub}>{t('visits.handling')}</h3>
      {report.state === 'closed' || !mayWrite ? (
        <dl className={styles.facts}>
          <div>
            <dt>{t('visits.handlingText')}</dt>
            <dd>{report.handling === '' ? t('visits.nothingYet') : report.handling}</dd>
          </div>
          {report.closedOn !== null && (
            <div>
              <dt>{t('visits.closedOn')}</dt>
              <dd>
                {formats.day(report.closedOn)} {report.outcome}
              </dd>
            </div>
          )}
        </dl>
      ) : (
        <div className={styles.form}>
          <ErrorNote error={close.error} showFields />
          <Textarea
            label={t('visits.handlingText')}
            autosize
            minRows={2}
            maxLength={4_000}
            value={handling}
            onChange={(event) => setHandling(event.currentTarget.value)}
          />
          <Textarea
            label={t('visits.outcome')}
            description={t('visits.outcomeHelp')}
            autosize
            maxLength={4_000}
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value)}
          />
          <span className={styles.actions}>
            <Button busy={close.isPending} onClick={() => save(false)}>
              {t('visits.saveHandling')}
            </Button>
            <Button kind="primary" disabled={outcome.trim() === ''} busy={close.isPending} onClick={() => save(true)}>
              {t('visits.closeReport')}
            </Button>
          </span>
        </div>
      )}
    </section>
  );
}
