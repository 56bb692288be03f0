import type { Area } from '../../shared/contract/messages.ts';
import { forgetSessionState } from '../state/reset-registry.ts';
import { CLOSED, type SessionState, useSession } from '../state/session.ts';
import { archive } from './archive.ts';
import { onArchiveEvent } from './events.ts';
import { forgetAnswers, refreshAnswers, renewAnswers } from './query-client.ts';

/** Takes over what the archive says about the session. Whoever takes the chair must not see what the one before had open. */
export function acceptSession(session: SessionState): void {
  const before = useSession.getState().session;
  if (before !== null && (before.kind !== session.kind || before.user?.login !== session.user?.login)) {
    forgetSessionState();
    forgetAnswers();
  }
  useSession.getState().setSession(session);
  const isOther = before?.lookingInto?.made !== session.lookingInto?.made;
  if (before !== null && before.kind === session.kind && isOther) renewAnswers();
}

/** Asks who is here and takes it over. */
export async function refreshSession(): Promise<void> {
  acceptSession(await archive.call('session.current', {}).catch(() => CLOSED));
}

async function sessionChanged(areas: readonly Area[]): Promise<void> {
  const before = useSession.getState().session?.kind;
  await refreshSession();
  if (useSession.getState().session?.kind === before) refreshAnswers(areas);
}

/** Keeps the window true to the session; once, at the start, which is asked for `when` it may. A lock empties every store and cache at once (R24). */
export function followSession(when: Promise<unknown>): () => void {
  void when.then(refreshSession);
  return onArchiveEvent((event) => {
    if (event.type === 'locked') {
      useSession.getState().locked(event.reason);
      forgetSessionState();
      forgetAnswers();
    }
    if (event.type === 'changed' && event.areas.includes('session')) void sessionChanged(event.areas);
  });
}
