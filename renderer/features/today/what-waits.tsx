import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { CompletenessRing } from '../../ui/text/completeness-ring.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './today.module.css';
import type { Overview } from './today-screen.tsx';

interface Part {
  readonly overview: Overview;
}

/** Four figures that lead to what they count. Red only where the keeper is needed. */
export function Figures({ overview }: Part) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { counts } = overview;
  const figures = [
    {
      label: 'today.loansOverdue',
      value: counts.loansOverdue,
      urgent: counts.loansOverdue > 0,
      to: () => go({ screen: 'loans', params: { state: 'overdue' } }),
    },
    {
      label: 'today.loansDueSoon',
      value: counts.loansDueSoon,
      urgent: false,
      to: () => go({ screen: 'loans' }),
    },
    {
      label: 'today.missingPapers',
      value: counts.missingPapers,
      urgent: false,
      to: () => go({ screen: 'dossiers', params: { show: 'missing' } }),
    },
    {
      label: 'today.staleCards',
      value: counts.staleCards,
      urgent: false,
      to: () => go({ screen: 'cards', params: { show: 'stale' } }),
    },
  ];
  return (
    <div className={styles.figures}>
      {figures.map((figure) => (
        <button key={figure.label} type="button" className={styles.figure} onClick={figure.to}>
          <span className={`${styles.figureValue} ${figure.urgent ? styles.figureUrgent : ''}`}>
            {formats.number(figure.value)}
          </span>
          <span className={styles.figureLabel}>{t(figure.label)}</span>
        </button>
      ))}
    </div>
  );
}

/** Loans that should be back (B2). */
export function OverdueLoans({ overview }: Part) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { overdueLoans, counts } = overview;
  return (
    <Section
      title={t('today.overdueTitle')}
      note={counts.loansOverdue > overdueLoans.length ? t('kit.rowCount', { count: counts.loansOverdue }) : undefined}
      tools={
        counts.loansOverdue > 0 && (
          <Button kind="link" onClick={() => go({ screen: 'loans', params: { state: 'overdue' } })}>
            {t('today.all')}
          </Button>
        )
      }
    >
      {overdueLoans.length === 0 ? (
        <p className={styles.calm}>{t('today.noOverdue')}</p>
      ) : (
        overdueLoans.map((loan) => (
          <button
            key={loan.loanNumber}
            type="button"
            className={styles.line}
            onClick={() => go({ screen: 'loans', number: loan.loanNumber })}
          >
            <span className={styles.lineTitle}>
              {loan.title}
              <span className={styles.lineNote}>
                {t('today.loanNote', { code: loan.code, borrower: loan.borrower, due: formats.day(loan.due) })}
              </span>
            </span>
            <Tag tone="seal">{t('today.daysOverdue', { count: loan.daysOverdue })}</Tag>
          </button>
        ))
      )}
    </Section>
  );
}

/** Cards that lack required facts (C5). */
export function IncompleteCards({ overview }: Part) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { incompleteCards, counts } = overview;
  return (
    <Section
      title={t('today.incompleteTitle')}
      note={t('kit.rowCount', { count: formats.number(counts.incompleteCards) })}
      tools={
        counts.incompleteCards > 0 && (
          <Button kind="link" onClick={() => go({ screen: 'cards', params: { show: 'incomplete' } })}>
            {t('today.all')}
          </Button>
        )
      }
    >
      {incompleteCards.length === 0 ? (
        <p className={styles.calm}>{t('today.noIncomplete')}</p>
      ) : (
        incompleteCards.map((card) => (
          <button
            key={card.number}
            type="button"
            className={styles.line}
            onClick={() => go({ screen: 'cards', number: card.number })}
          >
            <span className={styles.lineTitle}>
              {card.name}
              <span className={styles.lineNote}>
                {card.number} · {t('today.missingFields', { count: card.completeness.missing.length })}
              </span>
            </span>
            <CompletenessRing percent={card.completeness.percent} />
          </button>
        ))
      )}
    </Section>
  );
}

/** What was changed last: where one left off. */
export function RecentlyChanged({ overview }: Part) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  return (
    <Section title={t('today.recentTitle')}>
      {overview.recentlyChanged.map((card) => (
        <button
          key={card.number}
          type="button"
          className={styles.line}
          onClick={() => go({ screen: 'cards', number: card.number })}
        >
          <span className={styles.lineTitle}>
            {card.name}
            <span className={styles.lineNote}>
              {card.number} · {card.by}
            </span>
          </span>
          <time dateTime={card.at} className={styles.lineNote}>
            {formats.instant(card.at)}
          </time>
        </button>
      ))}
    </Section>
  );
}
