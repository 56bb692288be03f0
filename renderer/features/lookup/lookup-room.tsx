import { useActivity } from '../../gateway/use-activity.ts';
import { useSession } from '../../state/session.ts';
import { HandOverScreen } from './hand-over-screen.tsx';
import { ReadingRoom } from './reading-room.tsx';
import { useTakeNothingAway } from './use-take-nothing-away.ts';

/** Another room (L2): full screen, nothing but search, card, dossier and paper; nothing can be taken away. */
export function LookupRoom() {
  const kind = useSession((state) => state.session?.kind);
  useActivity();
  useTakeNothingAway();
  return kind === 'lookup' ? <ReadingRoom /> : <HandOverScreen />;
}
