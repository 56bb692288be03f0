import { useEffect, useId, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useSession } from '../../state/session.ts';
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
  const pattern = useId();
  if (words === '') return null;
  return (
    <svg className={styles.watermark} aria-hidden focusable="false">
      <defs>
        <pattern id={pattern} width="360" height="170" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="40">
            {words}
          </text>
          <text x="120" y="125">
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  );
}
