import { IconTrash } from '@tabler/icons-react';
import { deleteDraft, saveDraft } from '../../drafts/draft-store.ts';
import { useDrafts } from '../../drafts/use-draft.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Section } from '../../ui/frame/page.tsx';
import { placeOfDraft } from './draft-places.ts';
import styles from './today.module.css';

/** What was typed and not saved (C3): go on, or discard it with a way back. */
export function UnfinishedDrafts() {
  const { t, has } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const drafts = useDrafts();
  if (drafts.length === 0) return null;
  return (
    <Section title={t('today.draftsTitle')} note={t('today.draftsNote')}>
      <ul>
        {drafts.map((draft) => {
          const scopeKey = `today.draft.${draft.scope}`;
          return (
            <li key={`${draft.scope} ${draft.id}`} className={styles.draft}>
              <button type="button" className={styles.line} onClick={() => go(placeOfDraft(draft))}>
                <span className={styles.lineTitle}>
                  {draft.title === '' ? t('today.untitledDraft') : draft.title}
                  <span className={styles.lineNote}>
                    {has(scopeKey) ? t(scopeKey) : t('today.draft.other')} ·{' '}
                    {formats.instant(new Date(draft.savedAt).toISOString())}
                  </span>
                </span>
              </button>
              <IconButton
                icon={IconTrash}
                label={t('today.discardDraft', { title: draft.title })}
                onClick={() => {
                  void deleteDraft(draft.scope, draft.id);
                  toast(t('today.draftDiscarded'), {
                    undo: { label: t('kit.undo'), run: () => void saveDraft(draft) },
                  });
                }}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
