import { IconClipboardCheck, IconFilePlus, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { archive } from '../../gateway/archive.ts';
import { askAhead, useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { AgreementDialog } from '../agreement/agreement-dialog.tsx';
import styles from '../dealings/dealings.module.css';
import { useMoney } from '../dealings/use-money.ts';
import { toast } from '../dialog/toasts.tsx';
import { Section } from '../frame/page.tsx';
import { ErrorNote, ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { Tag } from '../text/tag.tsx';
import { usePrint } from '../viewer/use-print.ts';
import { ApplicationDialog } from './application-dialog.tsx';
import { ClassSection } from './class-section.tsx';
import { ExposureMeter } from './exposure-meter.tsx';
import { PlanList } from './plan-list.tsx';
import { ScoreTable } from './score-table.tsx';

type Standing = OutputOf<'credit.standing'>;

/** A customer's credit: grade and its score sheet, terms, limit and how far it is used, approvals, plans (G1–G4). */
export function CreditPanel({ number, mayChange }: { readonly number: string; readonly mayChange: boolean }) {
  const standing = useArchiveQuery('credit.standing', { number });
  useEffect(() => {
    askAhead('credit.assess', { number });
    askAhead('creditApplications.list', { number });
    askAhead('repayments.list', { number });
    askAhead('extensions.list', { number });
    askAhead('classification.history', { number });
  }, [number]);
  if (standing.error !== null) return <ErrorState error={standing.error} onRetry={() => void standing.refetch()} />;
  if (standing.data === undefined) return <LoadingSkeleton shape="form" count={8} />;
  return (
    <div className={styles.panel}>
      <Limit standing={standing.data} mayChange={mayChange} />
      <Score standing={standing.data} mayChange={mayChange} />
      <Approvals number={number} mayChange={mayChange} />
      <PlanList number={number} standing={standing.data} mayChange={mayChange} />
      <ClassSection number={number} />
    </div>
  );
}

function Limit({ standing, mayChange }: { readonly standing: Standing; readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const print = usePrint();
  const [asking, setAsking] = useState(false);
  const { currency, terms } = standing;
  const facts: readonly (readonly [string, string])[] = [
    ['grade', standing.grade === '' ? '—' : standing.grade.toUpperCase()],
    ['limit', money(standing.limit, currency)],
    ['approvalNumber', standing.limitApproval || '—'],
    ['validUntil', formats.day(standing.limitValidUntil) || '—'],
    ['receivable', money(standing.receivable, currency)],
    ['undelivered', money(standing.undelivered, currency)],
    ['overdue', money(standing.overdue, currency)],
    ['days', terms === null ? '—' : String(terms.days)],
    [
      'settlement',
      terms === null || terms.settlement === '' ? '—' : t(optionLabelKey('settlementMethod', terms.settlement)),
    ],
    ['suggested', money(standing.suggestedLimit, currency)],
    ['handling', terms?.handling ?? '—'],
  ];
  return (
    <Section
      title={t('credit.limitAndUse')}
      tools={
        <>
          <Button size="small" icon={IconPrinter} onClick={() => print({ form: 'termsSlip', number: standing.number })}>
            {t('credit.printSlip')}
          </Button>
          {mayChange && (
            <Button size="small" icon={IconFilePlus} onClick={() => setAsking(true)}>
              {t('credit.newApplication')}
            </Button>
          )}
        </>
      }
    >
      <ExposureMeter standing={standing} />
      <div className={styles.bar}>
        {standing.limitExpired && <Tag tone="seal">{t('credit.expired')}</Tag>}
        {standing.uncounted.length > 0 && (
          <Tag tone="amber">{t('creditPaper.uncounted', { currencies: standing.uncounted.join('、') })}</Tag>
        )}
      </div>
      <dl className={styles.grid}>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`creditPaper.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {asking && <ApplicationDialog standing={standing} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function Score({ standing, mayChange }: { readonly standing: Standing; readonly mayChange: boolean }) {
  const { t } = useText();
  const print = usePrint();
  const assessed = useArchiveQuery('credit.assess', { number: standing.number });
  const propose = useArchiveCommand('credit.propose');
  const decide = useArchiveCommand('credit.decide');
  const { proposal } = standing;
  const keep = (): void => {
    propose.mutateAsync({ number: standing.number }).then(
      (done) => toast(t(done.proposed > 0 ? 'credit.proposed' : 'credit.gradeStands')),
      () => undefined,
    );
  };
  const settle = (accept: boolean): void => {
    if (proposal === null) return;
    decide.mutateAsync({ number: proposal.number, accept, reason: accept ? '' : t('credit.notTaken') }).then(
      () => toast(t(accept ? 'credit.accepted' : 'credit.dismissed')),
      () => undefined,
    );
  };
  return (
    <Section
      title={t('creditPaper.scorecard')}
      tools={
        <>
          {standing.assessment !== null && (
            <Button
              size="small"
              icon={IconPrinter}
              onClick={() => print({ form: 'scoreSheet', number: standing.assessment?.number ?? '' })}
            >
              {standing.assessment.number}
            </Button>
          )}
          {mayChange && (
            <Button size="small" icon={IconClipboardCheck} busy={propose.isPending} onClick={keep}>
              {t('credit.keepSheet')}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote error={propose.error ?? decide.error} showFields />
      {proposal !== null && (
        <div className={styles.bar} role="status">
          <Tag tone="amber">
            {t('credit.proposal', {
              number: proposal.number,
              from: proposal.gradeBefore.toUpperCase() || '—',
              to: proposal.grade.toUpperCase(),
              score: proposal.score / 100,
            })}
          </Tag>
          {mayChange && (
            <>
              <Button size="small" kind="primary" onClick={() => settle(true)}>
                {t('credit.accept')}
              </Button>
              <Button size="small" onClick={() => settle(false)}>
                {t('credit.dismiss')}
              </Button>
            </>
          )}
        </div>
      )}
      {assessed.data === undefined ? (
        <LoadingSkeleton shape="rows" count={6} />
      ) : (
        <ScoreTable sheet={assessed.data.sheet} />
      )}
    </Section>
  );
}

function Approvals({ number, mayChange }: { readonly number: string; readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const print = usePrint();
  const list = useArchiveQuery('creditApplications.list', { number });
  const approve = useArchiveCommand('creditApplications.approve');
  const decline = useArchiveCommand('creditApplications.decline');
  const [asked, setAsked] = useState<{ readonly number: string; readonly statement: AgreementStatement } | null>(null);
  const rows = list.data?.rows ?? [];
  if (rows.length === 0) return null;
  const takeEffect = (application: string): void => {
    approve.mutateAsync({ number: application }).then(
      () => toast(t('credit.limitApproved')),
      () => undefined,
    );
  };
  const begin = async (application: string): Promise<void> => {
    const { statement, standing } = await archive.call('creditApplications.statement', { number: application });
    if (standing === 'valid') takeEffect(application);
    else setAsked({ number: application, statement });
  };
  return (
    <Section title={t('kit.print.creditApproval')}>
      <ErrorNote error={approve.error ?? decline.error} showFields />
      <table className={styles.table}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td className={styles.nowrap}>{row.number}</td>
              <td className={styles.nowrap}>{formats.day(row.appliedOn)}</td>
              <td>{t(`creditPaper.kind.${row.kind}`)}</td>
              <td className={styles.end}>{money(row.limitApproved ?? row.limitAsked, row.currency)}</td>
              <td className={styles.nowrap}>{`${formats.day(row.effectiveFrom)} – ${formats.day(row.effectiveTo)}`}</td>
              <td>
                <Tag tone={row.state === 'approved' ? 'moss' : row.state === 'draft' ? 'amber' : 'plain'}>
                  {t(`creditPaper.state.${row.state}`)}
                </Tag>
              </td>
              <td className={styles.end}>
                <Button size="small" kind="link" onClick={() => print({ form: 'creditApproval', number: row.number })}>
                  {t('dealings.print')}
                </Button>
                {mayChange && row.state === 'draft' && (
                  <>
                    <Button size="small" kind="link" onClick={() => void begin(row.number)}>
                      {t('credit.approve')}
                    </Button>
                    <Button
                      size="small"
                      kind="link"
                      onClick={() =>
                        void decline
                          .mutateAsync({ number: row.number, reason: t('credit.notTaken') })
                          .catch(() => undefined)
                      }
                    >
                      {t('credit.decline')}
                    </Button>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked !== null && (
        <AgreementDialog
          statement={asked.statement}
          onAgreed={() => takeEffect(asked.number)}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}
