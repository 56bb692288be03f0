import { useReducer } from 'react';
import type { Card } from '../../../shared/contract/customers.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { cardFindings } from './card-findings.ts';
import { cardFormReducer, emptyForm } from './card-form.ts';
import { CardHead } from './card-head.tsx';
import { CardSheet } from './card-sheet.tsx';

const nothing = (): void => undefined;

/** The card for reading only, over the list: Space opens and closes it, as in a file manager. */
export function QuickLook({
  number,
  onClose,
  onOpen,
}: {
  readonly number: string;
  readonly onClose: () => void;
  readonly onOpen: () => void;
}) {
  const { t } = useFieldWords();
  const card = useArchiveQuery('customers.get', { number });
  useShortcut('space', onClose, { labelKey: 'cards.quickLook', inInputs: true });
  return (
    <Dialog title={card.data?.name ?? number} size="xl" onClose={onClose}>
      {card.error !== null && <ErrorState error={card.error} />}
      {card.isPending && <LoadingSkeleton shape="form" count={10} />}
      {card.data !== undefined && <Reading card={card.data} />}
      <DialogActions>
        <Button onClick={onClose} keys="space">
          {t('cards.close')}
        </Button>
        <Button kind="primary" onClick={onOpen}>
          {t('cards.openCard')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Reading({ card }: { readonly card: Card }) {
  const words = useFieldWords();
  const { now, today } = useToday();
  const [form] = useReducer(cardFormReducer, emptyForm(card.values, card.revision));
  const findings = cardFindings(card.kind, form, words.forms, card.masked);
  return (
    <>
      <CardHead
        card={card}
        name={card.name}
        percent={card.completeness.percent}
        latenessHours={24}
        today={today}
        words={words}
        editing={false}
        control={{}}
        onControl={nothing}
      />
      <CardSheet
        kind={card.kind}
        card={card}
        form={form}
        dispatch={nothing}
        editing={false}
        findings={findings}
        words={words}
        now={now}
        onEdit={null}
        onHistory={nothing}
      />
    </>
  );
}
