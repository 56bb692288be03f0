import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { type BreachStep, BreachStepForm, CloseBreachForm } from './breach-forms.tsx';
import styles from './loans.module.css';

const STEPS = ['notice', 'statement', 'measure', 'note'] as const;
type Doing = BreachStep | 'closed' | 'void';

/** One breach case (B3): the facts, what was done, what is still wanted, the evidence of the log, the bundle to print. */
export function BreachPane({ number, onBack }: { readonly number: string; readonly onBack: () => void }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const role = useActingRole();
  const { data, error, refetch } = useArchiveQuery('breaches.get', { number });
  const [doing, setDoing] = useState<Doing | null>(null);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <p className={styles.hint}>{t('loans.asking', { code: number })}</p>;
  const { breach, evidence } = data;
  const open = breach.state === 'open' && (role === 'keeper' || role === 'supervisor');
  const close = () => setDoing(null);
  return (
    <section className={styles.form} aria-label={t('breach.case')}>
      <h2 className={styles.formTitle}>
        {breach.number} <Tag tone={breach.state === 'open' ? 'seal' : 'plain'}>{t(`breachState.${breach.state}`)}</Tag>
      </h2>
      <dl className={styles.loanFacts}>
        <Fact label={t('loans.borrower')}>
          {breach.borrower} <span className={styles.soft}>{breach.department}</span>
        </Fact>
        <Fact label={t('breach.kind')}>{t(`breachKind.${breach.kind}`)}</Fact>
        {breach.loan !== null && (
          <>
            <Fact label={t('breach.paper')}>
              {breach.loan.title} <span className={styles.soft}>{breach.loan.code}</span>
            </Fact>
            <Fact label={t('breach.counted')}>
              {breach.loan.pagesIn === null
                ? t('breach.notBack', { out: breach.loan.pagesOut })
                : t(breach.loan.missingPages === '' ? 'breach.countedBack' : 'breach.countedText', {
                    out: breach.loan.pagesOut,
                    back: breach.loan.pagesIn,
                    missing: breach.loan.missingPages,
                  })}
            </Fact>
          </>
        )}
        {breach.facts !== '' && <Fact label={t('breach.facts')}>{breach.facts}</Fact>}
        {breach.outcome !== '' && <Fact label={t('breach.outcome')}>{breach.outcome}</Fact>}
      </dl>
      <ol className={styles.acts} aria-label={t('breach.done')}>
        {breach.acts.map((act) => (
          <li key={`${act.at} ${act.act} ${act.text}`}>
            <span className={styles.soft}>{formats.day(act.at)}</span>
            <span>
              <strong>{t(`breachAct.${act.act}`)}</strong>
              {act.measure !== null && <>：{t(`breachMeasure.${act.measure}`)}</>}
              {act.decidedBy !== '' && (
                <span className={styles.soft}>（{t('breach.decided', { name: act.decidedBy })}）</span>
              )}
              {act.text !== '' && act.act !== 'opened' && <> {act.text}</>}
            </span>
          </li>
        ))}
      </ol>
      {doing === null ? (
        <>
          {open && (
            <div className={styles.others}>
              {STEPS.map((step) => (
                <Button key={step} size="small" onClick={() => setDoing(step)}>
                  {t(`breachAct.${step}`)}
                </Button>
              ))}
              <Button size="small" kind="primary" onClick={() => setDoing('closed')}>
                {t('breach.close')}
              </Button>
              <Button size="small" kind="quiet" onClick={() => setDoing('void')}>
                {t('breach.void')}
              </Button>
            </div>
          )}
          <div className={styles.others}>
            <Button
              size="small"
              icon={IconPrinter}
              onClick={() => print({ form: 'breachFile', number: breach.number })}
            >
              {t('breach.print')}
            </Button>
            <Button size="small" kind="quiet" keys="escape" onClick={onBack}>
              {t('kit.back')}
            </Button>
          </div>
        </>
      ) : doing === 'closed' || doing === 'void' ? (
        <CloseBreachForm breach={breach} as={doing} onDone={close} onClose={close} />
      ) : (
        <BreachStepForm key={doing} breach={breach} step={doing} onDone={close} onClose={close} />
      )}
      <details className={styles.evidence}>
        <summary>{t('breach.evidence', { count: evidence.length })}</summary>
        <ul>
          {evidence.map((entry) => (
            <li key={entry.seq}>
              <span className={styles.soft}>
                {entry.seq} · {formats.day(entry.ts)}
              </span>{' '}
              {entry.type} <code>{entry.hash.slice(0, 16)}</code>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
