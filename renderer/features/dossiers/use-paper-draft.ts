import { useCallback, useEffect, useRef, useState } from 'react';
import { useDraft } from '../../drafts/use-draft.ts';
import { sameValue } from '../../ui/fields/field-values.ts';
import type { NewPaperPreset } from './dossier-types.ts';
import type { PaperValues } from './paper-values.ts';

/** A catalogue entry that is being typed and not yet filed. Files that were dropped on it are not kept. */
export interface PaperDraft {
  readonly class: number;
  readonly values: PaperValues;
  readonly raw: Readonly<Record<string, string>>;
}

interface PaperDraftHandle {
  /** True when what was typed before has been put back. */
  readonly restored: boolean;
  readonly discard: () => void;
}

/** Keeps a new entry while it is typed (C3); one for each dossier. Closing the form keeps it, filing or going back ends it. */
export function usePaperDraft(
  customer: string,
  preset: NewPaperPreset,
  enabled: boolean,
  typed: Omit<PaperDraft, 'class'>,
  restore: (found: PaperDraft) => void,
): PaperDraftHandle {
  const draft = useDraft<PaperDraft>('paper', customer);
  const [restored, setRestored] = useState(false);
  const looked = useRef(false);
  const beginning = useRef(JSON.stringify(typed));
  const latest = useRef(restore);
  latest.current = restore;
  const { ready, found, save, discard } = draft;

  useEffect(() => {
    if (!enabled || !ready || looked.current) return;
    looked.current = true;
    if (found === null || preset.files !== undefined || found.value.class !== preset.class) return;
    if (preset.type !== undefined && found.value.values.type !== preset.type) return;
    if (!sameValue(found.value.values.exportOrder, preset.exportOrder ?? found.value.values.exportOrder)) return;
    latest.current(found.value);
    setRestored(true);
  }, [enabled, ready, found, preset]);

  const text = JSON.stringify(typed);
  const { title } = typed.values;
  useEffect(() => {
    if (!enabled || !looked.current || text === beginning.current) return;
    save({ class: preset.class, ...(JSON.parse(text) as typeof typed) }, title);
  }, [enabled, text, title, preset.class, save]);

  return { restored, discard: useCallback(() => enabled && discard(), [enabled, discard]) };
}
