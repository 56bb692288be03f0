import { openDrafts } from '../drafts/draft-store.ts';
import { archive } from '../gateway/archive.ts';
import { onArchiveEvent } from '../gateway/events.ts';
import { useCalendar } from '../state/calendar.ts';
import { useNavigation } from '../state/navigation.ts';
import { usePreferences } from '../state/preferences.ts';
import { type SessionState, useSession } from '../state/session.ts';
import { clearToasts } from '../ui/dialog/toasts.tsx';
import { screenById } from './screens.ts';

function readCalendar(): void {
  archive.call('settings.get', {}).then(
    (settings) => useCalendar.getState().setRoc(settings.rocCalendar),
    () => undefined,
  );
}

function enterDesk(session: SessionState): void {
  if (session.archive === null) return;
  openDrafts(session.archive.vaultId);
  readCalendar();
  const { lastScreen } = usePreferences.getState();
  if (screenById(lastScreen) !== undefined) useNavigation.setState({ place: { screen: lastScreen } });
  const { directory, name, practice } = session.archive;
  archive.call('host.rememberVault', { directory, name, practice }).catch(() => undefined);
}

/** What belongs to sitting down at the desk and to leaving it; once, at the start. */
export function followDesk(): void {
  useSession.subscribe((state, before) => {
    const entered = state.session?.kind === 'desk' && state.session.user?.login !== undefined;
    const wasHere = before.session?.kind === 'desk' && before.session.user?.login === state.session?.user?.login;
    if (state.session !== null && entered && !wasHere) enterDesk(state.session);
    if (state.session?.kind !== before.session?.kind) clearToasts();
  });
  onArchiveEvent((event) => {
    if (event.type === 'changed' && event.areas.includes('settings')) readCalendar();
  });
}
