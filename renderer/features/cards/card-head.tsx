import { SegmentedControl } from '@mantine/core';
import {
  IconArrowMerge,
  IconChecklist,
  IconFolderOpen,
  IconHistory,
  IconPencil,
  IconPrinter,
  IconWalk,
  IconX,
} from '@tabler/icons-react';
import type { Card } from '../../../shared/contract/customers.ts';
import { CARD_KINDS, type CardKind } from '../../../shared/domain/form-fields.ts';
import { useFormats } from '../../i18n/format.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import type { FieldWords } from '../../ui/fields/field-words.ts';
import { CompletenessRing } from '../../ui/text/completeness-ring.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import type { ControlEdits } from './card-form.ts';
import { hoursAfterVisit, hoursUnfilled } from './lateness.ts';
import styles from './screen.module.css';

interface CardHeadProps {
  readonly card: Card | null;
  readonly name: string;
  readonly percent: number;
  readonly latenessHours: number;
  readonly today: string;
  readonly words: FieldWords;
  readonly editing: boolean;
  readonly control: ControlEdits;
  readonly onControl: (control: ControlEdits) => void;
}

export interface CardActions {
  /** Null for readers who may change nothing. */
  readonly edit: (() => void) | null;
  readonly review: (() => void) | null;
  readonly dossier: () => void;
  /** The page to read before a visit (C8). */
  readonly brief: (() => void) | null;
  readonly history: () => void;
  readonly print: (() => void) | null;
  readonly merge: (() => void) | null;
  readonly close: () => void;
}

const TIERS: readonly Card['tier'][] = ['key', 'special', 'general'];
const STATUSES: readonly Card['status'][] = ['inPreparation', 'active', 'suspended', 'sealed'];

interface CardBarProps {
  readonly kind: CardKind;
  readonly number: string | null;
  readonly words: FieldWords;
  readonly editing: boolean;
  readonly actions: Partial<CardActions> & Pick<CardActions, 'close'>;
  /** A new card may still become one of the other kind. */
  readonly onKind?: (kind: CardKind) => void;
}

/** The bar above the form: which form it is, and what can be done. It stays while the form is scrolled. */
export function CardBar({ kind, number, words, editing, actions, onKind }: CardBarProps) {
  const { t } = words;
  const { edit, review, dossier, brief, history, print, merge } = actions;
  return (
    <div className={styles.bar}>
      <p className={styles.formTitle}>
        {t(`cards.form.${kind}`)} <span className={styles.barNumber}>{number ?? ''}</span>
      </p>
      {onKind !== undefined && (
        <SegmentedControl
          aria-label={t('field.control.kind')}
          value={kind}
          onChange={(next) => onKind(next as CardKind)}
          data={CARD_KINDS.map((one) => ({ value: one, label: t(`option.cardKind.${one}`) }))}
        />
      )}
      {edit !== undefined && edit !== null && !editing && (
        <Button size="small" kind="primary" icon={IconPencil} keys="e" onClick={edit}>
          {t('cards.edit')}
        </Button>
      )}
      {review !== undefined && review !== null && (
        <Button size="small" icon={IconChecklist} onClick={review}>
          {t('cards.review')}
        </Button>
      )}
      {dossier !== undefined && (
        <Button size="small" icon={IconFolderOpen} onClick={dossier}>
          {t('cards.openDossier')}
        </Button>
      )}
      {brief !== undefined && brief !== null && (
        <IconButton icon={IconWalk} label={t('cards.brief')} keys="b" onClick={brief} />
      )}
      {history !== undefined && (
        <Button size="small" kind="quiet" icon={IconHistory} onClick={history}>
          {t('cards.history.open')}
        </Button>
      )}
      {print !== undefined && print !== null && (
        <Button size="small" kind="quiet" icon={IconPrinter} onClick={print}>
          {t('cards.print')}
        </Button>
      )}
      {merge !== undefined && merge !== null && (
        <IconButton icon={IconArrowMerge} label={t('cards.merge.open')} onClick={merge} />
      )}
      <IconButton icon={IconX} label={t('cards.close')} keys="escape" onClick={actions.close} />
    </div>
  );
}

/** The head of the paper form: title, number, tier, status, what was confirmed when, and what can be done. */
export function CardHead(props: CardHeadProps) {
  const { card, name, percent, words } = props;
  const { t } = words;
  return (
    <div className={styles.head}>
      <div className={styles.headMain}>
        <h2 className={styles.name}>{name === '' ? t('cards.unnamed') : name}</h2>
        <div className={styles.headFacts}>
          <span className={styles.number}>{card === null ? t('cards.numberToCome') : card.number}</span>
          <Control {...props} />
          {card?.directExport === true && <Tag>{t('cards.directExport')}</Tag>}
        </div>
      </div>
      <div className={styles.headSide}>
        <CompletenessRing percent={percent} size={52} />
      </div>
      {card !== null && <Dates {...props} card={card} />}
    </div>
  );
}

function Control({ card, words, editing, control, onControl }: CardHeadProps) {
  const { t } = words;
  const tier = control.tier ?? card?.tier ?? 'general';
  const status = control.status ?? card?.status ?? 'inPreparation';
  if (!editing)
    return (
      <>
        <Tag>{t(`option.tier.${tier}`)}</Tag>
        <Tag tone={status === 'inPreparation' ? 'amber' : 'plain'}>{t(`option.cardStatus.${status}`)}</Tag>
      </>
    );
  return (
    <>
      <select
        className={styles.headSelect}
        aria-label={t('field.control.tier')}
        value={tier}
        onChange={(event) => onControl({ tier: event.currentTarget.value as Card['tier'] })}
      >
        {TIERS.map((value) => (
          <option key={value} value={value}>
            {t(`option.tier.${value}`)}
          </option>
        ))}
      </select>
      <select
        className={styles.headSelect}
        aria-label={t('field.control.status')}
        value={status}
        onChange={(event) => onControl({ status: event.currentTarget.value as Card['status'] })}
      >
        {STATUSES.map((value) => (
          <option key={value} value={value}>
            {t(`option.cardStatus.${value}`)}
          </option>
        ))}
      </select>
    </>
  );
}

/** C4, M1, M2: visit and filling in, last change, last review and the next. */
function Dates({ card, words, latenessHours, today }: CardHeadProps & { readonly card: Card }) {
  const { t } = words;
  const formats = useFormats();
  const hours = hoursAfterVisit(card.visitedAt, card.updatedAt);
  const due = card.reviewDue < today;
  const overdueHours = hoursUnfilled(card, latenessHours);
  return (
    <dl className={styles.dates}>
      <div>
        <dt>{t('cards.dates.visited')}</dt>
        <dd>{card.visitedAt === null ? t('cards.dates.noVisit') : formats.instant(card.visitedAt)}</dd>
      </div>
      <div>
        <dt>{t('cards.dates.updated')}</dt>
        <dd>
          {formats.instant(card.updatedAt)} <span className={styles.faint}>{card.updatedBy}</span>
          {overdueHours !== null && (
            <Tag tone="seal">{t('cards.dates.unfilled', { hours: overdueHours, limit: latenessHours })}</Tag>
          )}
          {card.late && hours !== null && (
            <Tag tone="amber">{t('cards.dates.late', { hours, limit: latenessHours })}</Tag>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('cards.dates.reviewed')}</dt>
        <dd>{formats.day(card.reviewedOn)}</dd>
      </div>
      <div>
        <dt>{t('cards.dates.reviewDue')}</dt>
        <dd>
          {formats.day(card.reviewDue)} {due && <Tag tone="seal">{t('cards.dates.stale')}</Tag>}
        </dd>
      </div>
      <div>
        <dt>{t('cards.dates.opened')}</dt>
        <dd>
          {formats.day(card.createdAt)} <span className={styles.faint}>{card.createdBy}</span>
        </dd>
      </div>
    </dl>
  );
}
