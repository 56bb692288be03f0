import { IconArrowMerge } from '@tabler/icons-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './screen.module.css';

const NOBODY: OutputOf<'customers.related'> = { related: [], named: [] };

/** What went into this card, and what names it: numbers that lead here, branches, people it employs. */
export function CardRelations({ card, mayChange }: { readonly card: Card; readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const open = useDialogs((state) => state.open);
  const merges = useArchiveQuery(
    'customers.merges',
    { number: card.number, limit: 20 },
    { enabled: card.mergedFrom.length > 0 },
  ).data?.merges;
  const { related, named } = useArchiveQuery('customers.related', { number: card.number }).data ?? NOBODY;
  if (card.mergedFrom.length + related.length + named.length === 0) return null;
  return (
    <div className={styles.relations}>
      {card.mergedFrom.map(({ number, name, at }) => {
        const merge = merges?.find((one) => one.merged === number && one.undoneAt === null);
        return (
          <p key={number}>
            <IconArrowMerge size={14} aria-hidden /> {t('cards.mergedFrom', { number, name, day: formats.day(at) })}
            {mayChange && merge?.mayUndo === true && (
              <Button kind="link" onClick={() => open('undoMerge', { mergeId: merge.id, merged: number })}>
                {t('cards.merge.undo')}
              </Button>
            )}
          </p>
        );
      })}
      {named.map((one) => (
        <p key={one.field}>
          {t('cards.named', { field: t(fieldLabelKey(card.kind, one.field)) })}
          <Button kind="link" onClick={() => go({ screen: 'cards', number: one.number })}>
            {one.number} {one.name}
          </Button>
        </p>
      ))}
      {related.length > 0 && (
        <p>
          {t('cards.related')}
          {related.slice(0, 12).map((one) => (
            <Button key={one.number} kind="link" onClick={() => go({ screen: 'cards', number: one.number })}>
              {one.number} {one.name}
            </Button>
          ))}
          {related.length > 12 && (
            <span className={styles.faint}>{t('cards.relatedMore', { count: related.length - 12 })}</span>
          )}
        </p>
      )}
    </div>
  );
}
