import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, cardFields } from '../../../shared/domain/form-fields.ts';
import { chosenTogether, type MergeChoice } from '../../../shared/domain/merging.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog, FormDialog, registerDialog, type StackedDialogProps } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type FieldWords, useFieldWords } from '../../ui/fields/field-words.ts';
import { WholeValue } from '../../ui/fields/value-sides.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './merge.module.css';
import { similarityText } from './similar-note.tsx';

type Preview = OutputOf<'customers.mergePreview'>;

interface MergeData {
  /** The card that goes on. */
  readonly survivor: string;
  /** The card that goes into it; empty: it is asked for. */
  readonly merged?: string;
  /** Of the card that goes on, to look for others of the same customer. */
  readonly kind?: CardKind;
  readonly values?: Record<string, string>;
}

/** Two cards of one customer become one (C1): side by side, field by field, with what moves and why. */
function MergeDialog({ data, onClose }: StackedDialogProps<MergeData>) {
  const words = useFieldWords();
  const { t } = words;
  const { kind = 'enterprise', values = {}, survivor: except } = data;
  const similar = useArchiveQuery(
    'customers.similar',
    { kind, values, except },
    { enabled: Object.keys(values).length > 0 },
  ).data?.similar;
  const [typed, setTyped] = useState('');
  const [merged, setMerged] = useState(data.merged ?? '');
  const [turned, setTurned] = useState(false);
  if (merged === '')
    return (
      <FormDialog
        title={t('cards.merge.title', { number: data.survivor })}
        submitLabel={t('cards.merge.compare')}
        maySubmit={typed.trim() !== ''}
        onSubmit={() => setMerged(typed.trim().toUpperCase())}
        onClose={onClose}
      >
        <TextInput
          label={t('cards.merge.number')}
          description={t('cards.merge.numberHelp', { number: data.survivor })}
          value={typed}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {similar !== undefined && similar.length > 0 && (
          <div>
            <p className={styles.soft}>{t('cards.similar.title')}</p>
            <ul className={styles.offers}>
              {similar.map((card) => (
                <li key={card.number}>
                  <Button kind="link" onClick={() => setMerged(card.number)}>
                    {card.number} {card.name}
                  </Button>{' '}
                  <span className={styles.soft}>{similarityText(kind, card, words)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </FormDialog>
    );
  const [survivor, gone] = turned ? [merged, data.survivor] : [data.survivor, merged];
  return (
    <SideBySide key={survivor} survivor={survivor} merged={gone} onTurn={() => setTurned(!turned)} onClose={onClose} />
  );
}

interface SideBySideProps {
  readonly survivor: string;
  readonly merged: string;
  readonly onTurn: () => void;
  readonly onClose: () => void;
}

function SideBySide(props: SideBySideProps) {
  const { t } = useFieldWords();
  const { survivor, merged, onClose } = props;
  const preview = useArchiveQuery('customers.mergePreview', { survivor, merged });
  if (preview.data !== undefined) return <Choose {...props} preview={preview.data} />;
  return (
    <Dialog title={t('cards.merge.title', { number: survivor })} size="xl" onClose={onClose}>
      {preview.error === null ? <LoadingSkeleton shape="form" /> : <ErrorState error={preview.error} />}
    </Dialog>
  );
}

function Choose({ preview, onTurn, onClose }: SideBySideProps & { readonly preview: Preview }) {
  const words = useFieldWords();
  const { t } = words;
  const { go } = useNavigate();
  const { survivor, merged, fields } = preview;
  const definitions = cardFields(survivor.kind, words.forms);
  const [choices, setChoices] = useState<Readonly<Record<string, MergeChoice>>>(() =>
    Object.fromEntries(fields.map((field) => [field.key, field.proposal])),
  );
  const [all, setAll] = useState(false);
  const [reason, setReason] = useState('');
  const merge = useArchiveCommand('customers.merge');
  const differing = useMemo(() => fields.filter((field) => field.differs), [fields]);
  const taken = fields.filter((field) => !field.differs && field.proposal === 'merged');
  const shown = all ? fields : differing;
  const submit = () =>
    merge
      .mutateAsync({
        survivor: survivor.number,
        survivorRevision: survivor.revision,
        merged: merged.number,
        mergedRevision: merged.revision,
        choices: { ...choices },
        reason: reason.trim(),
      })
      .then(
        ({ number }) => {
          toast(t('cards.merge.done', { merged: merged.number, number }));
          onClose();
          go({ screen: 'cards', number });
        },
        () => undefined,
      );
  return (
    <FormDialog
      title={t('cards.merge.title', { number: survivor.number })}
      size="xl"
      submitLabel={t('cards.merge.submit', { merged: merged.number, number: survivor.number })}
      busy={merge.isPending}
      maySubmit={reason.trim() !== ''}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p>{t('cards.merge.text', { merged: merged.number, number: survivor.number })}</p>
      <p className={styles.moves}>
        {t('cards.merge.moves')}{' '}
        {preview.moves
          .filter(({ table }) => MOVES.includes(table))
          .map(({ table, rows }) => t(`cards.merge.moves.${table}`, { count: rows }))
          .join(t('form.listSeparator')) || t('cards.merge.moves.none')}
        {taken.length > 0 &&
          ` · ${t('cards.merge.taken', {
            fields: taken.map((field) => words.label(survivor.kind, field.key)).join(t('form.listSeparator')),
          })}`}
      </p>
      <div className={styles.tools}>
        <button type="button" className="suggestion" onClick={onTurn}>
          {t('cards.merge.turn', { number: merged.number })}
        </button>
        <button type="button" className="suggestion" aria-pressed={all} onClick={() => setAll(!all)}>
          {t(all ? 'cards.merge.onlyDiffering' : 'cards.merge.allFields', { count: fields.length })}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.box} tabIndex={0} aria-label={t('cards.merge.fields')}>
        <div className={styles.headRow}>
          <span />
          <span>
            {t('cards.merge.keeps')} <strong>{survivor.number}</strong> {survivor.name}
          </span>
          <span>
            {t('cards.merge.goes')} <strong>{merged.number}</strong> {merged.name}
          </span>
        </div>
        {shown.length === 0 && <p className={styles.none}>{t('cards.merge.noneDiffer')}</p>}
        {shown.map((field) => (
          <FieldRow
            key={field.key}
            field={field}
            preview={preview}
            words={words}
            choice={choices[field.key] ?? field.proposal}
            onChoice={(choice) => setChoices({ ...choices, ...chosenTogether(definitions, field.key, choice) })}
          />
        ))}
      </section>
      <ReasonField
        value={reason}
        onChange={setReason}
        suggestions={['cards.merge.reason.same', 'cards.merge.reason.renamed']}
      />
      <ErrorNote error={merge.error} showFields />
    </FormDialog>
  );
}

/** Tables that people know by name; what else moves goes with them. */
const MOVES = ['paper', 'visit', 'customer_change', 'customer_order', 'card_remark', 'information_report'];

function FieldRow({
  field,
  preview,
  words,
  choice,
  onChoice,
}: {
  readonly field: Preview['fields'][number];
  readonly preview: Preview;
  readonly words: FieldWords;
  readonly choice: MergeChoice;
  readonly onChoice: (choice: MergeChoice) => void;
}) {
  const { t } = words;
  const { kind } = preview.survivor;
  const sides = [
    ['survivor', preview.survivor],
    ['merged', preview.merged],
  ] as const;
  return (
    <fieldset className={styles.row}>
      <legend className={styles.legend}>
        {words.label(kind, field.key)}
        {field.mayKeepBoth && (
          <label className={styles.both}>
            <input
              type="radio"
              name={`merge-${field.key}`}
              checked={choice === 'both'}
              onChange={() => onChoice('both')}
            />
            {t('cards.merge.both')}
          </label>
        )}
      </legend>
      {sides.map(([side, card]) => (
        <label key={side} className={styles.side} data-chosen={choice === side || choice === 'both' || undefined}>
          <input type="radio" name={`merge-${field.key}`} checked={choice === side} onChange={() => onChoice(side)} />
          <span className={styles.sideValue}>
            <WholeValue kind={kind} field={field.key} value={card.values[field.key] ?? null} words={words} />
            {card.confirmations[field.key] !== undefined && (
              <span className={styles.soft}>{words.formats.day(card.confirmations[field.key]?.at ?? '')}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

registerDialog<MergeData>('mergeCards', MergeDialog);

/** Takes a merge back, with its reason, while nothing has changed since. */
function UndoMergeDialog({ data, onClose }: StackedDialogProps<{ readonly mergeId: number; readonly merged: string }>) {
  const { t } = useFieldWords();
  const { go } = useNavigate();
  const [reason, setReason] = useState('');
  const undo = useArchiveCommand('customers.undoMerge');
  return (
    <FormDialog
      title={t('cards.merge.undoTitle', { number: data.merged })}
      submitLabel={t('cards.merge.undo')}
      busy={undo.isPending}
      maySubmit={reason.trim() !== ''}
      onSubmit={() =>
        void undo.mutateAsync({ mergeId: data.mergeId, reason: reason.trim() }).then(
          ({ number }) => {
            toast(t('cards.merge.undone', { number }));
            onClose();
            go({ screen: 'cards', number });
          },
          () => undefined,
        )
      }
      onClose={onClose}
    >
      <p>{t('cards.merge.undoText', { number: data.merged })}</p>
      <ReasonField value={reason} onChange={setReason} autoFocus />
      <ErrorNote error={undo.error} />
    </FormDialog>
  );
}

registerDialog<{ readonly mergeId: number; readonly merged: string }>('undoMerge', UndoMergeDialog);
