import { useText } from '../i18n/use-text.ts';
import { useShortcuts } from '../state/shortcuts.ts';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { KeyList } from '../ui/text/key-list.tsx';
import { STANDING_KEYS } from '../ui/text/standing-keys.ts';

/** `?`: every key that acts now, by groups. */
export function KeyboardMap({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const registered = useShortcuts((state) => state.shortcuts);
  return (
    <Dialog title={t('keys.title')} onClose={onClose} size="lg">
      <p>{t('keys.intro')}</p>
      <KeyList entries={[...registered, ...STANDING_KEYS]} />
    </Dialog>
  );
}
