import './schemas-without-code.ts';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Locale } from '../../shared/contract/host.ts';
import { registerStartDialogs } from '../features/start/confirm-recovery-dialog.tsx';
import { watchCopying } from '../gateway/copying.ts';
import { followChanges } from '../gateway/query-client.ts';
import { acceptSession, followSession } from '../gateway/session-keeper.ts';
import { startTexts } from '../i18n/i18n.ts';
import { type HostInfo, useEntrance } from '../state/entrance.ts';
import { CLOSED, useSession } from '../state/session.ts';
import { listenForShortcuts } from '../state/shortcuts.ts';
import { App } from './app.tsx';
import { followDesk } from './follow-desk.ts';
import { freeWhileQuiet } from './idle-memory.ts';
import { ROOMS } from './rooms.ts';
import { painted, warmUp } from './warm-up.ts';

/** Draws the window; once. `info`: null where the host did not say. */
export async function drawWindow(info: HostInfo | null, locale: Locale): Promise<void> {
  const recent = info?.recentVaults[0];
  // Read beside the texts, not after them.
  const room = info?.archiveRuns === true ? 'desk' : recent === undefined ? 'start' : 'lock';
  const roomRead = ROOMS[room].load().catch(() => undefined);
  await startTexts(locale);
  await roomRead;
  followChanges();
  if (recent !== undefined) useSession.getState().setLastVault(recent);
  // The lock does not wait for the archive process to start, which takes longer than all else.
  if (info?.archiveRuns === false) acceptSession(CLOSED);
  useEntrance.getState().setHost(info);
  followDesk();
  // Asking starts the archive process where none runs, which would take a processor from drawing the lock.
  followSession(info?.archiveRuns === false ? painted() : Promise.resolve());
  listenForShortcuts();
  watchCopying();
  registerStartDialogs();
  const root = document.getElementById('root');
  if (root === null) return;
  const app = (
    <StrictMode>
      <App />
    </StrictMode>
  );
  // Drawn before anything else has its turn.
  flushSync(() => createRoot(root).render(app));
  freeWhileQuiet();
  void warmUp();
}
