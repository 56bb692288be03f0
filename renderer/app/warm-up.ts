import i18next from 'i18next';
import { readDraftDatabase } from '../drafts/draft-database.ts';
import { useSession } from '../state/session.ts';
import { ROOMS } from './rooms.ts';
import { SCREENS } from './screens.ts';

/** Pieces of a font that are asked for at a time. */
const PIECES = 6;
const LONGEST_MS = 2_000;

/** Resolves once what is being drawn is in sight; in a window that nobody sees, after a while. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_MS);
  });

/** Resolves once nothing else is to be done, at the latest after a while. */
const idle = (): Promise<void> =>
  new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: LONGEST_MS }));

/** Resolves when it is known who is here, which draws the first room. */
const roomDrawn = (): Promise<void> =>
  new Promise((resolve) => {
    const look = ({ session }: { readonly session: unknown }): boolean => {
      if (session === null) return false;
      resolve();
      return true;
    };
    if (look(useSession.getState())) return;
    const stop = useSession.subscribe((state) => {
      if (look(state)) stop();
    });
  });

const atTheDoor = (): boolean => useSession.getState().session?.kind !== 'desk';

/**
 * Reads what the desk will want while somebody types the secret at the lock: the code of its screens, and its fonts. A font that is cut
 * by characters comes in two hundred pieces, and each that comes has the whole window laid out anew: at the lock there is hardly anything
 * to lay out, on the desk a name with a rare character would hold it up. What has not come by then comes when it is wanted.
 */
export async function warmUp(): Promise<void> {
  // Each of them would keep the first room waiting.
  await roomDrawn();
  await painted();
  await document.fonts.ready;
  await idle();
  for (const read of [ROOMS.desk.load, readDraftDatabase, ...SCREENS.map(({ load }) => load)]) {
    await read().catch(() => undefined);
    await idle();
  }
  const own = i18next.language === 'zh-Hans' ? 'Noto Sans SC' : 'Noto Sans TC';
  // The pieces with the most frequent characters are the last of each face.
  const faces = [...document.fonts].reverse().filter((face) => face.family.includes('Noto Sans'));
  const waiting = [
    ...faces.filter((face) => face.family.includes(own)),
    ...faces.filter((face) => !face.family.includes(own)),
  ];
  for (let at = 0; at < waiting.length && atTheDoor(); at += PIECES) {
    await Promise.allSettled(waiting.slice(at, at + PIECES).map((face) => face.load()));
    await idle();
  }
}
