import { useEffect } from 'react';
import { archive } from '../../gateway/archive.ts';
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
  useEffect(() => {
    archive.call('host.setLookupRoom', { on: true }).catch(() => undefined);
    return () => {
      archive.call('host.setLookupRoom', { on: false }).catch(() => undefined);
    };
  }, []);
  return kind === 'lookup' ? <ReadingRoom /> : <HandOverScreen />;
}
