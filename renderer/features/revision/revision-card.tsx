import { IconAlertTriangle } from '@tabler/icons-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import { cardFields, fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { AgeDot } from '../../ui/text/age-dot.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './revision.module.css';
import { SettleForm } from './settle-form.tsx';

interface RevisionCardProps {
  readonly campaign: Campaign;
  readonly number: string;
  /** The card is done: this one is the next; null when none is open any more. */
  readonly onNext: (number: string | null) => void;
}

export type RevisedCard = OutputOf<'revisions.card'>;

/** The card in hand: what to ask about, what should be watched, who was asked, and how it ends. */
export function RevisionCard({ campaign, number, onNext }: RevisionCardProps) {
  const { t } = useText();
  const keeps = useActingRole() === 'keeper';
  const card = useArchiveQuery('customers.get', { number });
  const revised = useArchiveQuery('revisions.card', { campaign: campaign.number, number });
  const error = card.error ?? revised.error;
  if (error !== null)
    return (
      <section className={styles.pane} aria-label={number}>
        <ErrorState error={error} />
      </section>
    );
  return (
    <section className={styles.pane} aria-label={card.data?.name ?? number}>
      {card.data === undefined || revised.data === undefined ? (
        <LoadingSkeleton shape="form" count={10} />
      ) : (
        <>
          <header className={styles.paneHead}>
            <h2 className={styles.paneTitle}>{card.data.name}</h2>
            <p className={styles.soft}>
              {[number, t(`option.tier.${card.data.tier}`), revised.data.row.place].filter(Boolean).join(' · ')}
            </p>
          </header>
          <Notices revised={revised.data} />
          {keeps && campaign.state === 'open' && (
            <SettleForm campaign={campaign} card={card.data} revised={revised.data} onNext={onNext} />
          )}
          {campaign.state === 'paused' && <p className={styles.calm}>{t('revision.pausedNote')}</p>}
          <Inquiries revised={revised.data} />
          <Facts card={card.data} />
        </>
      )}
    </section>
  );
}

/** What one should know before asking: how it ended the last time, changes worth watching, a licence that runs out. */
function Notices({ revised }: { readonly revised: RevisedCard }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const { last, watch, licenceUntil } = revised;
  const expired = licenceUntil !== null && licenceUntil !== 'indefinite' && licenceUntil < today;
  const lines = [
    ...(last !== null && last.outcome === 'flagged'
      ? [t('revision.lastFlagged', { campaign: last.campaign, flag: t(`revisionFlag.${last.flag}`) })]
      : []),
    ...watch.map((flag) =>
      t('revision.watched', { what: t(`watch.kind.${flag.kind}`), day: formats.day(flag.raisedAt) }),
    ),
    ...(expired ? [t('revision.licenceExpired', { day: formats.day(licenceUntil) })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={styles.notices}>
      {lines.map((line) => (
        <li key={line}>
          <IconAlertTriangle size={14} aria-hidden /> {line}
        </li>
      ))}
    </ul>
  );
}

function Inquiries({ revised }: { readonly revised: RevisedCard }) {
  const { t } = useText();
  const formats = useFormats();
  if (revised.inquiries.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('revision.inquiries')}>
      <h3 className={styles.partTitle}>{t('revision.inquiries')}</h3>
      <ul>
        {revised.inquiries.map((inquiry) => (
          <li key={`${inquiry.at} ${inquiry.asked} ${inquiry.source}`} className={styles.inquiry}>
            <span>
              {formats.day(inquiry.askedOn)} {t(`revisionSource.${inquiry.source}`)} {inquiry.asked}
            </span>
            {inquiry.reached ? (
              <span className={styles.soft}>{inquiry.answer}</span>
            ) : (
              <Tag tone="amber">{t('revision.notReached')}</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Facts as they stand, with their age: what is read out to whoever is asked. */
function Facts({ card }: { readonly card: Card }) {
  const { t } = useText();
  const kit = useFieldKit();
  const { now } = useToday();
  const fields = cardFields(card.kind).filter(
    (field) => field.computed !== true && valueText(field, card.values[field.key], kit) !== '',
  );
  return (
    <section className={styles.part} aria-label={t('revision.facts')}>
      <h3 className={styles.partTitle}>{t('revision.facts')}</h3>
      <dl className={styles.facts}>
        {fields.map((field) => {
          const confirmed = card.confirmations[field.key];
          return (
            <div key={field.key}>
              <dt>{t(fieldLabelKey(card.kind, field.key))}</dt>
              <dd>
                {valueText(field, card.values[field.key], kit)}
                {confirmed !== undefined && <AgeDot {...confirmed} now={now} />}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
