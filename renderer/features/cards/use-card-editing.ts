import { startTransition, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { FieldValues } from '../../../shared/contract/common.ts';
import type { Card } from '../../../shared/contract/customers.ts';
import { type CardKind, emptyCard } from '../../../shared/domain/form-fields.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { type DraftHandle, useDraft } from '../../drafts/use-draft.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { drawBehind } from '../../state/draw-behind.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { focusField } from '../../ui/fields/field-focus.ts';
import { useCardForms } from '../../ui/fields/use-card-forms.ts';
import type { FieldConflict } from './card-edits.ts';
import { type CardFindings, cardFindings } from './card-findings.ts';
import {
  type CardForm,
  type CardFormAction,
  type ChangeCount,
  cardFormReducer,
  changeCount,
  emptyForm,
  formConflicts,
  formValues,
  isDirty,
} from './card-form.ts';
import { useCardSession } from './card-session.ts';

/** What is kept of a card while it is filled in (C3). */
interface CardDraft {
  readonly form: CardForm;
  readonly evidence: string;
  readonly visitedAt: string | null;
}

export interface CardEditing {
  readonly form: CardForm;
  readonly dispatch: (action: CardFormAction) => void;
  readonly editing: boolean;
  readonly dirty: boolean;
  readonly count: ChangeCount;
  /** What the form says; that a name is still wanted only once saving was tried. */
  readonly findings: CardFindings;
  /** Paths of the fields that keep the card from being saved. */
  readonly blockers: readonly string[];
  readonly evidence: string;
  readonly setEvidence: (text: string) => void;
  readonly visitedAt: string | null;
  readonly setVisitedAt: (instant: string | null) => void;
  readonly saving: boolean;
  readonly error: AppError | null;
  /** Both sides changed these fields while the card was open; empty when there is nothing to settle. */
  readonly conflicts: readonly FieldConflict[];
  readonly settle: (takeStored: readonly string[]) => void;
  /** Milliseconds of the draft that was found and put back; null if none was. */
  readonly restoredAt: number | null;
  /** Opens the form for filling in and leads to a field, or does what is wanted once its fields are there. */
  readonly begin: (where?: string | (() => void)) => void;
  readonly giveBack: () => void;
  readonly save: () => void;
}

interface EditingOptions {
  readonly kind: CardKind;
  /** Null: a new card. */
  readonly card: Card | null;
  /** Values that a new card starts with, such as a name that was searched for and not found. */
  readonly initial?: FieldValues;
  readonly onSaved: (number: string) => void;
  readonly onGivenBack?: () => void;
  readonly refetch: () => void;
}

/** Filling in a card: what is typed, its draft, saving, and what happens when the card changes meanwhile. */
export function useCardEditing({ kind, card, initial, onSaved, onGivenBack, refetch }: EditingOptions): CardEditing {
  const { t } = useText();
  const forms = useCardForms();
  const [form, dispatch] = useReducer(cardFormReducer, null, () =>
    emptyForm(card?.values ?? (emptyCard(kind) as FieldValues), card?.revision ?? 0),
  );
  const [editing, setEditingAtOnce] = useState(card === null);
  // Eighty fields turn into controls and back: drawn in slices.
  const setEditing = useCallback((on: boolean) => drawBehind(() => setEditingAtOnce(on)), []);
  const wish = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!editing) return;
    wish.current?.();
    wish.current = null;
  }, [editing]);
  const remembered = useCardSession.getState();
  const [evidence, setEvidence] = useState(remembered.evidence);
  const [visitedAt, setVisitedAt] = useState<string | null>(
    card === null ? null : (remembered.visitedAt[card.number] ?? null),
  );
  const [savedError, setSavedError] = useState<AppError | null>(null);
  const create = useArchiveCommand('customers.create');
  const update = useArchiveCommand('customers.update');
  const draft = useDraft<CardDraft>(card === null ? 'newCard' : 'card', card?.number ?? kind);
  const dirty = isDirty(form);

  const restoredAt = useRestoredDraft(draft, (found) => {
    dispatch({ type: 'restore', form: found.form });
    setEvidence(found.evidence);
    setVisitedAt(found.visitedAt);
    setEditing(true);
  });
  useEffect(() => {
    if (card !== null || initial === undefined) return;
    for (const [key, value] of Object.entries(initial)) dispatch({ type: 'edit', key, value });
  }, [card, initial]);

  // The card was saved elsewhere: without typing it is simply shown; with typing, what does not clash is merged.
  const conflicts = useMemo(
    () => (card === null || card.revision <= form.baseRevision || !dirty ? [] : formConflicts(form, card.values)),
    [card, form, dirty],
  );
  useEffect(() => {
    // Just saved: the answer with the new revision is still on its way.
    if (card === null || card.revision < form.baseRevision || card.values === form.base) return;
    if (!dirty) dispatch({ type: 'begin', base: card.values, revision: card.revision });
    else if (card.revision > form.baseRevision && conflicts.length === 0)
      dispatch({ type: 'rebase', base: card.values, revision: card.revision, takeStored: [] });
  }, [card, form.baseRevision, form.base, dirty, conflicts]);

  const title = useRef('');
  title.current = String(formValues(form)[kind === 'enterprise' ? 'registeredName' : 'name'] ?? '');
  const { save: keepDraft, discard: dropDraft, ready } = draft;
  const hadDraft = useRef(false);
  useEffect(() => {
    if (!ready) return;
    if (dirty) {
      keepDraft({ form, evidence, visitedAt }, title.current);
      hadDraft.current = true;
    } else if (hadDraft.current) {
      dropDraft();
      hadDraft.current = false;
    }
  }, [ready, dirty, form, evidence, visitedAt, keepDraft, dropDraft]);

  const [tried, setTried] = useState(false);
  const strict = useMemo(() => cardFindings(kind, form, forms, card?.masked), [kind, form, forms, card?.masked]);
  const findings = useMemo(
    () =>
      tried ? strict : { ...strict, errors: strict.errors.filter((error) => error.message !== 'validation.required') },
    [strict, tried],
  );
  const blockers = useMemo(() => strict.errors.map((error) => error.path), [strict]);
  const saving = create.isPending || update.isPending;

  const begin = useCallback(
    (where?: string | (() => void)) => {
      const lead = typeof where === 'string' ? () => focusField(where) : (where ?? null);
      if (editing) lead?.();
      else wish.current = lead;
      setEditing(true);
    },
    [editing, setEditing],
  );

  const giveBack = (): void => {
    dispatch({ type: 'begin', base: card?.values ?? (emptyCard(kind) as FieldValues), revision: card?.revision ?? 0 });
    setSavedError(null);
    setTried(false);
    dropDraft();
    hadDraft.current = false;
    if (card === null) onGivenBack?.();
    else {
      setEditing(false);
      if (dirty) offerUndo({ form, evidence, visitedAt });
    }
  };
  const offerUndo = (before: CardDraft): void =>
    toast(t('cards.givenBack'), {
      undo: {
        label: t('kit.undo'),
        run: () => {
          dispatch({ type: 'restore', form: before.form });
          setEditing(true);
        },
      },
    });

  const save = (): void => {
    if (saving || conflicts.length > 0) return;
    if (!dirty) {
      setEditing(card === null);
      return;
    }
    const wrong = blockers[0];
    if (wrong !== undefined) {
      setTried(true);
      focusField(wrong);
      return;
    }
    void send();
  };

  const send = async (): Promise<void> => {
    setSavedError(null);
    const common = { ...(evidence.trim() === '' ? {} : { evidence: evidence.trim() }), ...form.control };
    const exported = form.edits['directExport'];
    const shared = {
      ...common,
      ...(visitedAt === null ? {} : { visitedAt }),
      ...(typeof exported === 'boolean' ? { directExport: exported } : {}),
    };
    try {
      const saved =
        card === null
          ? await create.mutateAsync({ kind, values: formValues(form), ...shared })
          : await update.mutateAsync({
              number: card.number,
              revision: form.baseRevision,
              values: { ...form.edits },
              confirmed: [...form.confirmed],
              reviewed: form.reviewed,
              ...shared,
            });
      useCardSession.getState().remember(evidence.trim(), saved.number, visitedAt);
      hadDraft.current = false;
      dropDraft();
      if (card !== null) {
        // Once and no second time: what somebody types meanwhile is no part of what was saved.
        startTransition(() => dispatch({ type: 'begin', base: formValues(form), revision: saved.revision }));
        setEditing(false);
      }
      onSaved(saved.number);
    } catch (thrown) {
      const error = thrown as AppError;
      if (error.code === 'CONFLICT' && card !== null) {
        refetch();
        return;
      }
      setSavedError(error);
      const path = error.fields[0]?.path.replace(/^values\./, '');
      if (path !== undefined) focusField(path);
    }
  };

  return {
    form,
    dispatch: useCallback(
      (action: CardFormAction) => {
        if (action.type !== 'begin') setEditing(true);
        dispatch(action);
      },
      [setEditing],
    ),
    editing,
    dirty,
    count: changeCount(form),
    findings,
    blockers,
    evidence,
    setEvidence,
    visitedAt,
    setVisitedAt,
    saving,
    error: savedError,
    conflicts,
    settle: (takeStored) => {
      if (card !== null) dispatch({ type: 'rebase', base: card.values, revision: card.revision, takeStored });
    },
    restoredAt,
    begin,
    giveBack,
    save,
  };
}

/** Puts a draft back once, when it is found; answers when it was kept. */
function useRestoredDraft(draft: DraftHandle<CardDraft>, restore: (found: CardDraft) => void): number | null {
  const [restoredAt, setRestoredAt] = useState<number | null>(null);
  const done = useRef(false);
  const latest = useRef(restore);
  latest.current = restore;
  useEffect(() => {
    if (!draft.ready || done.current) return;
    done.current = true;
    if (draft.found === null) return;
    latest.current(draft.found.value);
    setRestoredAt(draft.found.savedAt);
  }, [draft.ready, draft.found]);
  return restoredAt;
}
