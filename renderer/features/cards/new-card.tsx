import { useEffect } from 'react';
import type { CardKind } from '../../../shared/domain/form-fields.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { toast } from '../../ui/dialog/toasts.tsx';
import { focusField } from '../../ui/fields/field-focus.ts';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { useToday } from '../../ui/text/use-today.ts';
import { EditingBar, onSheetKey, RestoredNote } from './card-detail.tsx';
import { formValues } from './card-form.ts';
import { CardBar, CardHead } from './card-head.tsx';
import { CardSheet } from './card-sheet.tsx';
import { MissingList } from './missing-list.tsx';
import styles from './screen.module.css';
import { SimilarNote } from './similar-note.tsx';
import { useCardEditing } from './use-card-editing.ts';

const nothingToFetch = (): void => undefined;
const noHistory = (): void => undefined;

/** A card that does not exist yet: the same paper form, empty; its number comes with saving (C1). */
export function NewCard({
  kind,
  onGivenBack,
  onKind,
}: {
  readonly kind: CardKind;
  readonly onGivenBack: () => void;
  readonly onKind: (kind: CardKind) => void;
}) {
  const words = useFieldWords();
  const { t } = words;
  const { go } = useNavigate();
  const { now, today } = useToday();
  const editing = useCardEditing({
    kind,
    card: null,
    refetch: nothingToFetch,
    onGivenBack,
    onSaved: (number) => {
      toast(t('cards.created', { number }));
      go({ screen: 'cards', number });
    },
  });
  const { form, findings, dispatch } = editing;
  useShortcut('mod+s', editing.save, { labelKey: 'cards.save', inInputs: true });
  useShortcut('escape', editing.giveBack, { labelKey: 'cards.giveBack', inInputs: true, enabled: !editing.dirty });
  const nameKey = kind === 'enterprise' ? 'registeredName' : 'name';
  const name = formValues(form)[nameKey];
  // Whoever asked for a new card types its name next.
  useEffect(() => focusField(nameKey), [nameKey]);
  return (
    <div className={styles.detail}>
      <div className={styles.detailMain}>
        <CardBar kind={kind} number={null} words={words} editing actions={{ close: onGivenBack }} onKind={onKind} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in any line of the paper form saves it */}
        <div className={styles.scroll} onKeyDown={(event) => onSheetKey(event, editing.save)}>
          <CardHead
            card={null}
            name={typeof name === 'string' ? name : ''}
            percent={findings.percent}
            latenessHours={24}
            today={today}
            words={words}
            editing
            control={form.control}
            onControl={(control) => dispatch({ type: 'control', control })}
          />
          <div className={styles.panel}>
            <RestoredNote restoredAt={editing.restoredAt} shown={editing.dirty} onDiscard={editing.giveBack} />
            <SimilarNote kind={kind} form={form} words={words} />
            <MissingList
              kind={kind}
              missing={findings.missing}
              recommended={findings.recommended}
              words={words}
              onGo={editing.begin}
            />
            <CardSheet
              kind={kind}
              card={null}
              form={form}
              dispatch={dispatch}
              editing
              findings={findings}
              words={words}
              now={now}
              onEdit={editing.begin}
              onHistory={noHistory}
            />
          </div>
        </div>
        <EditingBar editing={editing} />
      </div>
    </div>
  );
}
