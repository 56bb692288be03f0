import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { LockReason } from '../../shared/contract/messages.ts';
import type { Role } from '../../shared/domain/roles.ts';

export type SessionState = OutputOf<'session.current'>;

interface Session {
  /** Null until the first answer. */
  readonly session: SessionState | null;
  /** Why the desk was locked last, for one sentence on the lock screen. */
  readonly lockReason: LockReason | null;
  /** The archive that was open last in this window: the lock screen offers it. Name and folder only. */
  readonly lastVault: { readonly directory: string; readonly name: string; readonly practice: boolean } | null;
  readonly lastLogin: string;
  setSession(session: SessionState): void;
  /** The archive process has ended. */
  locked(reason: LockReason): void;
  setLastVault(vault: Session['lastVault']): void;
}

export const CLOSED: SessionState = {
  kind: 'closed',
  archive: null,
  user: null,
  recoveryKeyUnconfirmed: false,
  damaged: 0,
  logDoubt: null,
  lookingInto: null,
  lookup: null,
};

/** Who is here. It survives a lock, without any record: only which archive and which login were last in this window. */
export const useSession = create<Session>()((set) => ({
  session: null,
  lockReason: null,
  lastVault: null,
  lastLogin: '',
  setSession: (session) =>
    set((state) => ({
      session,
      ...(session.kind === 'closed' ? {} : { lockReason: null }),
      lastVault: session.archive ?? state.lastVault,
      lastLogin: session.kind === 'desk' ? (session.user?.login ?? state.lastLogin) : state.lastLogin,
    })),
  locked: (lockReason) => set({ session: CLOSED, lockReason }),
  setLastVault: (lastVault) => set({ lastVault }),
}));

/**
 * The role in which whoever is at the desk may change something; undefined while a backup is looked into, which answers and takes
 * nothing (`whileLooking`). What asks for it to show a button shows none then.
 */
export function useActingRole(): Role | undefined {
  return useSession(({ session }) => (session?.lookingInto == null ? session?.user?.role : undefined));
}
