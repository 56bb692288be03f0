import { useId } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useSession } from '../../state/session.ts';
import styles from './room.module.css';

/** Name and time over everything: a photograph of the screen says whose it is (L2). */
export function Watermark() {
  const pattern = useId();
  const formats = useFormats();
  const user = useSession((state) => state.session?.user);
  const startedAt = useSession((state) => state.session?.lookup?.startedAt);
  if (user === null || user === undefined || startedAt === undefined) return null;
  const words = `${user.displayName} ${user.login} ${formats.instant(startedAt)}`;
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
