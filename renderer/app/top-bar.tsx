import { IconArrowLeft, IconArrowRight, IconLock, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useNavigate, useNavigation } from '../state/navigation.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { Button, IconButton } from '../ui/actions/button.tsx';
import { KeyHint } from '../ui/text/key-hint.tsx';
import { CommandPalette } from './command-palette.tsx';
import styles from './desk-frame.module.css';
import { KeyboardMap } from './keyboard-map.tsx';
import { lockDesk } from './lock-desk.ts';

/** Back and forward, the one search box, the lock. */
export function TopBar() {
  const { t } = useText();
  const { goBack, goForward } = useNavigate();
  const hasBack = useNavigation((state) => state.back.length > 0);
  const hasForward = useNavigation((state) => state.forward.length > 0);
  const [open, setOpen] = useState<'search' | 'keys' | null>(null);
  const search = { labelKey: 'keys.search', groupKey: 'keys.group.desk' };
  useShortcut('/', () => setOpen('search'), search);
  useShortcut('mod+k', () => setOpen('search'), { ...search, inInputs: true });
  useShortcut('?', () => setOpen('keys'), { labelKey: 'keys.map', groupKey: 'keys.group.desk' });
  return (
    <header className={styles.top}>
      <IconButton
        icon={IconArrowLeft}
        label={t('app.back')}
        keys="alt+arrowleft"
        onClick={goBack}
        disabled={!hasBack}
      />
      <IconButton
        icon={IconArrowRight}
        label={t('app.forward')}
        keys="alt+arrowright"
        onClick={goForward}
        disabled={!hasForward}
      />
      <button type="button" className={styles.searchButton} onClick={() => setOpen('search')}>
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span className={styles.searchText}>{t('palette.placeholder')}</span>
        <KeyHint keys="mod+k" />
      </button>
      <Button kind="quiet" size="small" icon={IconLock} keys="mod+l" onClick={lockDesk}>
        {t('app.lock')}
      </Button>
      {open === 'search' && <CommandPalette onClose={() => setOpen(null)} onShowKeys={() => setOpen('keys')} />}
      {open === 'keys' && <KeyboardMap onClose={() => setOpen(null)} />}
    </header>
  );
}
