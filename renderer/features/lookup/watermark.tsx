import { useEffect, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useSession } from '../../state/session.ts';
import { PageMark } from '../../ui/viewer/page-mark.tsx';
import styles from './room.module.css';

const MINUTE = 60_000;

/** Who reads, and this minute: what a photograph of the screen says about itself (L2). Empty while nobody reads. */
export function useReaderMark(): string {
  const formats = useFormats();
  const user = useSession((state) => state.session?.user);
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    // On the minute, so that the mark and a clock beside it never differ.
    const next = () => {
      setNow(new Date());
      timer = setTimeout(next, MINUTE - (Date.now() % MINUTE));
    };
    timer = setTimeout(next, MINUTE - (Date.now() % MINUTE));
    return () => clearTimeout(timer);
  }, []);
  return user === null || user === undefined
    ? ''
    : `${user.displayName} ${user.login} ${formats.instant(now.toISOString())}`;
}

/** Name and time over everything, whatever is opened below. */
export function Watermark({ words }: { readonly words: string }) {
  return words === '' ? null : <PageMark words={words} className={styles.watermark} />;
}
