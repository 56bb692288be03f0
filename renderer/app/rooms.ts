import { codeApart } from '../state/code-apart.tsx';

/** What fills the window; which of them, follows from the session. */
export const ROOMS = {
  start: codeApart(async () => (await import('../features/start/start-screen.tsx')).StartScreen),
  lock: codeApart(async () => (await import('../features/lock/lock-screen.tsx')).LockScreen),
  lookup: codeApart(async () => (await import('../features/lookup/lookup-room.tsx')).LookupRoom),
  desk: codeApart(async () => (await import('./desk-frame.tsx')).DeskFrame),
} as const;
