import { Tabs } from '@mantine/core';
import { type Dispatch, type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { Card } from '../../../shared/contract/customers.ts';
import { DEFAULT_REVIEW_MONTHS } from '../../../shared/domain/staleness.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { isComposing } from '../../state/ime.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CreditPanel } from '../../ui/credit/credit-panel.tsx';
import { DealingsPanel } from '../../ui/dealings/dealings-panel.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { focusedField, focusField, focusFirstInSight, focusNextFact } from '../../ui/fields/field-focus.ts';
import { filledKeys, useFieldWords } from '../../ui/fields/field-words.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { BriefDialog } from '../../ui/visits/brief-dialog.tsx';

import type { CardFormAction } from './card-form.ts';
import { CardBar, CardHead } from './card-head.tsx';
import { CardRelations } from './merged-note.tsx';
import './merge-dialog.tsx';
import { CardSheet } from './card-sheet.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { CustodyPanel } from './custody-panel.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { MissingList } from './missing-list.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './screen.module.css';
import { SimilarNote, tellingValues } from './similar-note.tsx';
import { useCardEditing } from './use-card-editing.ts';
import { VisitsPanel } from './visits-panel.tsx';

const CARD_TABS = ['card', 'visits', 'dealings', 'credit', 'custody', 'review'] as const;

/** One customer's card: the paper form, its visits, its history. */
export function CardDetail({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const card = useArchiveQuery('customers.get', { number });
  if (card.error !== null) return <ErrorState error={card.error} onRetry={() => void card.refetch()} />;
  if (card.data === undefined) return <LoadingSkeleton shape="form" count={14} />;
  return <OpenCard key={card.data.number} card={card.data} refetch={() => void card.refetch()} onClose={onClose} />;
}

const NO_REMARKS: Readonly<Record<string, string>> = {};

function OpenCard({
  card,
  refetch,
  onClose,
}: {
  readonly card: Card;
  readonly refetch: () => void;
  readonly onClose: () => void;
}) {
  const words = useFieldWords();
  const { t } = words;
  const { go, replace } = useNavigate();
  const place = usePlace();
  const tab = CARD_TABS.find((one) => one === place.tab) ?? 'card';
  const open = useDialogs((state) => state.open);
  const role = useActingRole();
  const mayChange = role === 'keeper';
  const [history, setHistory] = useState<{ readonly field: string } | null>(null);
  const [briefing, setBriefing] = useState(false);
  const { now, today } = useToday();
  const settings = useArchiveQuery('settings.get', {}).data;
  const print = usePrint();
  const editing = useCardEditing({
    kind: card.kind,
    card,
    refetch,
    onSaved: (saved) => toast(t('cards.saved', { number: saved })),
  });
  const { form, findings, dispatch } = editing;
  const { begin } = editing;
  const openForEditing = useCallback(
    (path: string) => {
      replace({ tab: undefined });
      begin(path);
    },
    [replace, begin],
  );
  const goToField = (field: string): void => {
    if (mayChange) openForEditing(field);
    else replace({ tab: undefined });
  };
  const showHistory = useCallback((field: string) => setHistory({ field }), []);
  const scroller = useRef<HTMLDivElement>(null);
  const edit = (): void => {
    if (tab !== 'card') replace({ tab: undefined });
    editing.begin(() => focusFirstInSight(scroller.current));
  };
  const reviewed = useArchiveQuery('reviews.ofCard', { number: card.number }).data?.remarks;
  const remarks = useMemo(() => {
    const open = (reviewed ?? []).filter((remark) => remark.state === 'open' && remark.field !== '');
    return open.length === 0 ? NO_REMARKS : Object.fromEntries(open.map(({ field, text }) => [field, text]));
  }, [reviewed]);
  const waiting = (reviewed ?? []).filter((remark) => remark.state !== 'settled').length;
  const filled = filledKeys(card.kind, form.base, words.forms);

  useShortcut('e', edit, {
    labelKey: 'cards.edit',
    enabled: mayChange && !editing.editing,
  });
  useShortcut('b', () => setBriefing(true), { labelKey: 'cards.brief', enabled: !editing.editing });
  // C6: the fact that has the focus is confirmed as it stands, and the next one is reached.
  useShortcut('c', () => confirmFocused(dispatch, filled), {
    labelKey: 'cards.fact.confirmKey',
    enabled: mayChange && tab === 'card' && history === null,
  });
  useShortcut('alt+c', () => confirmFocused(dispatch, filled), {
    labelKey: 'cards.fact.confirmKey',
    inInputs: true,
    enabled: mayChange && tab === 'card' && history === null,
  });
  // What was just confirmed can be saved before the form has turned to filling in.
  useShortcut('mod+s', editing.save, {
    labelKey: 'cards.save',
    inInputs: true,
    enabled: editing.editing || editing.dirty,
  });
  useShortcut('mod+p', () => print({ form: 'card', number: card.number }), {
    labelKey: 'cards.print',
    inInputs: true,
  });
  useShortcut('escape', () => (editing.editing ? editing.giveBack() : onClose()), {
    labelKey: editing.editing ? 'cards.giveBack' : 'cards.close',
    inInputs: editing.editing,
    enabled: history === null,
  });

  return (
    <div className={styles.detail}>
      <div className={styles.detailMain}>
        <CardBar
          kind={card.kind}
          number={card.number}
          words={words}
          editing={editing.editing && tab === 'card'}
          actions={{
            edit: mayChange ? edit : null,
            review: mayChange ? () => dispatch({ type: 'reviewed', on: !form.reviewed, keys: filled }) : null,
            brief: mayChange || role === 'supervisor' ? () => setBriefing(true) : null,
            dossier: () => go({ screen: 'dossiers', number: card.number }),
            history: () => setHistory({ field: '' }),
            merge:
              mayChange && !editing.editing
                ? () =>
                    open('mergeCards', {
                      survivor: card.number,
                      kind: card.kind,
                      values: tellingValues(card.kind, card.values),
                    })
                : null,
            print: mayChange || role === 'supervisor' ? () => print({ form: 'card', number: card.number }) : null,
            close: onClose,
          }}
        />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in any line of the paper form saves it */}
        <div
          ref={scroller}
          className={styles.scroll}
          onKeyDown={(event) => tab === 'card' && onSheetKey(event, editing.save)}
        >
          <CardHead
            card={card}
            name={card.name}
            percent={findings.percent}
            latenessHours={settings?.latenessHours ?? 24}
            today={today}
            words={words}
            editing={editing.editing && tab === 'card'}
            control={form.control}
            onControl={(control) => dispatch({ type: 'control', control })}
          />
          <CardRelations card={card} mayChange={mayChange} />
          <Tabs
            value={tab}
            onChange={(value) => replace({ tab: value === null || value === 'card' ? undefined : value })}
          >
            <Tabs.List className={styles.tabs}>
              <Tabs.Tab value="card">{t('cards.tab.card')}</Tabs.Tab>
              <Tabs.Tab value="visits">{t('cards.tab.visits')}</Tabs.Tab>
              <Tabs.Tab value="dealings">{t('cards.tab.dealings')}</Tabs.Tab>
              <Tabs.Tab value="credit">{t('cards.tab.credit')}</Tabs.Tab>
              <Tabs.Tab value="custody">{t('cards.tab.custody')}</Tabs.Tab>
              <Tabs.Tab value="review">
                {waiting === 0 ? t('cards.tab.review') : t('cards.tab.reviewCount', { count: waiting })}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="card" className={styles.panel}>
              <RestoredNote restoredAt={editing.restoredAt} shown={editing.dirty} onDiscard={editing.giveBack} />
              {editing.conflicts.length > 0 && <Conflict card={card} editing={editing} words={words} />}
              <SimilarNote kind={card.kind} form={form} words={words} except={card.number} />
              <MissingList
                kind={card.kind}
                missing={findings.missing}
                recommended={findings.recommended}
                words={words}
                onGo={mayChange ? openForEditing : null}
              />
              <CardSheet
                kind={card.kind}
                card={card}
                form={form}
                dispatch={dispatch}
                editing={editing.editing}
                findings={findings}
                words={words}
                now={now}
                months={settings?.revisionMonths ?? DEFAULT_REVIEW_MONTHS}
                remarks={remarks}
                onEdit={mayChange ? openForEditing : null}
                onHistory={showHistory}
              />
            </Tabs.Panel>
            <Tabs.Panel value="visits" className={styles.panel}>
              {tab === 'visits' && <VisitsPanel kind={card.kind} number={card.number} mayRecord={mayChange} />}
            </Tabs.Panel>
            <Tabs.Panel value="dealings" className={styles.panel}>
              {tab === 'dealings' && (
                <DealingsPanel
                  number={card.number}
                  mayChange={mayChange}
                  mayPrint={mayChange || role === 'supervisor'}
                />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="credit" className={styles.panel}>
              {tab === 'credit' && <CreditPanel number={card.number} mayChange={mayChange} />}
            </Tabs.Panel>
            <Tabs.Panel value="custody" className={styles.panel}>
              {tab === 'custody' && <CustodyPanel number={card.number} />}
            </Tabs.Panel>
            <Tabs.Panel value="review" className={styles.panel}>
              {tab === 'review' && <ReviewPanel card={card} onGo={goToField} />}
            </Tabs.Panel>
          </Tabs>
        </div>
        {editing.editing && tab === 'card' && <EditingBar editing={editing} />}
      </div>
      {briefing && <BriefDialog number={card.number} onClose={() => setBriefing(false)} />}
      {history !== null && (
        <div className={styles.drawer}>
          <HistoryDrawer
            kind={card.kind}
            number={card.number}
            field={history.field}
            onField={(field) => setHistory({ field })}
            words={words}
            restoreOn={mayChange && !editing.editing ? card.revision : null}
            onClose={() => setHistory(null)}
          />
        </div>
      )}
    </div>
  );
}

/** Confirms the fact that has the focus, if it has a value, and goes on to the next. */
function confirmFocused(dispatch: Dispatch<CardFormAction>, filled: readonly string[]): void {
  const key = focusedField();
  if (key === undefined) return;
  if (filled.includes(key)) dispatch({ type: 'confirm', keys: [key], on: true });
  focusNextFact(key);
}

type Editing = ReturnType<typeof useCardEditing>;

/** Enter in a line saves, in a text of several lines Ctrl Enter; never while an input method composes. */
export function onSheetKey(event: KeyboardEvent, save: () => void): void {
  if (event.key !== 'Enter' || isComposing(event) || event.defaultPrevented) return;
  const { target } = event;
  const line = target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio';
  if (!line && !(target instanceof HTMLTextAreaElement && event.ctrlKey)) return;
  event.preventDefault();
  // Leaving the field settles what was typed in it.
  target.blur();
  target.focus();
  save();
}

export function EditingBar({ editing }: { readonly editing: Editing }) {
  const wrong = editing.findings.errors.length === 0 ? [] : editing.blockers;
  return (
    <SaveBar
      count={editing.count}
      reviewed={editing.form.reviewed}
      evidence={editing.evidence}
      onEvidence={editing.setEvidence}
      visitedAt={editing.visitedAt}
      onVisitedAt={editing.setVisitedAt}
      maySave={editing.dirty && editing.conflicts.length === 0}
      saving={editing.saving}
      error={editing.error}
      blocked={editing.dirty ? wrong.length : 0}
      onBlocked={() => focusField(wrong[0] ?? '')}
      onSave={editing.save}
      onGiveBack={editing.giveBack}
      draftKept={editing.dirty}
    />
  );
}

/** What was typed before a crash, a lock or a reload has been put back. */
export function RestoredNote({
  restoredAt,
  shown,
  onDiscard,
}: {
  readonly restoredAt: number | null;
  readonly shown: boolean;
  readonly onDiscard: () => void;
}) {
  const { t } = useFieldWords();
  const formats = useFormats();
  if (restoredAt === null || !shown) return null;
  return (
    <div className={styles.restored} role="status">
      <span>{t('cards.restored', { at: formats.instant(new Date(restoredAt).toISOString()) })}</span>
      <Button kind="link" onClick={onDiscard}>
        {t('cards.restoredDiscard')}
      </Button>
    </div>
  );
}

function Conflict({
  card,
  editing,
  words,
}: {
  readonly card: Card;
  readonly editing: Editing;
  readonly words: ReturnType<typeof useFieldWords>;
}) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <ConflictNote
      stored={card}
      conflicts={editing.conflicts}
      words={words}
      chosen={chosen}
      onChoose={(key, stored) => setChosen(stored ? [...chosen, key] : chosen.filter((one) => one !== key))}
      onSettle={(takeStored) => {
        editing.settle(takeStored);
        setChosen([]);
      }}
    />
  );
}
