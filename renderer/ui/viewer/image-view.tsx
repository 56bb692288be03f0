import { PageMark } from './page-mark.tsx';
import type { Picture } from './use-picture.ts';
import styles from './viewer.module.css';

interface ImageViewProps {
  readonly picture: Picture;
  readonly name: string;
  /** CSS pixels per picture pixel. */
  readonly scale: number;
  readonly rotation: number;
  /** Words over the picture; empty: none. */
  readonly mark: string;
  /** Where the first page of a document begins; default in the middle. */
  readonly atTop?: boolean;
}

/** A PNG or JPEG scan, or the picture of a first page. */
export function ImageView({ picture, name, scale, rotation, mark, atTop = false }: ImageViewProps) {
  const turned = rotation % 180 !== 0;
  const width = picture.width * scale;
  const height = picture.height * scale;
  return (
    <div className={styles.picture} data-top={atTop || undefined}>
      <div
        style={{
          width: turned ? height : width,
          height: turned ? width : height,
          position: 'relative',
          display: 'grid',
          placeContent: 'center',
        }}
      >
        <img
          src={picture.address}
          alt={name}
          draggable={false}
          style={{ width, height, transform: `rotate(${rotation}deg)` }}
        />
        {mark !== '' && <PageMark words={mark} />}
      </div>
    </div>
  );
}
