import { useText } from '../i18n/use-text.ts';
import { useShortcuts } from '../state/shortcuts.ts';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { KeyList } from '../ui/text/key-list.tsx';

/** The keys that every list and dialog of the desk has, although no component registers them. */
const STANDING = [
  { keys: 'arrowup', also: 'k', labelKey: 'keys.move', groupKey: 'keys.group.list' },
  { keys: 'pageup', also: 'pagedown', labelKey: 'keys.page', groupKey: 'keys.group.list' },
  { keys: 'home', also: 'end', labelKey: 'keys.ends', groupKey: 'keys.group.list' },
  { keys: 'enter', labelKey: 'keys.open', groupKey: 'keys.group.list' },
  { keys: 'shift+arrowdown', labelKey: 'keys.mark', groupKey: 'keys.group.list' },
  { keys: 'mod+c', labelKey: 'keys.copy', groupKey: 'keys.group.list' },
  { keys: 'escape', labelKey: 'keys.escape', groupKey: 'keys.group.desk' },
];

/** `?`: every key that acts now, by groups. */
export function KeyboardMap({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const registered = useShortcuts((state) => state.shortcuts);
  return (
    <Dialog title={t('keys.title')} onClose={onClose} size="lg">
      <p>{t('keys.intro')}</p>
      <KeyList entries={[...registered, ...STANDING]} />
    </Dialog>
  );
}
