import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type DocumentContent, wholeOf } from '../../gateway/documents.ts';
import { PageMark } from './page-mark.tsx';
import styles from './viewer.module.css';

interface ImageViewProps {
  readonly content: DocumentContent;
  readonly mediaType: string;
  readonly name: string;
  /** CSS pixels per picture pixel; null: fit the width given. */
  readonly scale: number | null;
  readonly fitWidth: number;
  readonly rotation: number;
  /** Words over the picture; empty: none. */
  readonly mark: string;
  /** The scale that fits the width, once the picture is known. */
  readonly onFit: (scale: number) => void;
  readonly onFailed: () => void;
  /** The archive gives no more of it. */
  readonly onLost: (error: AppError) => void;
}

/** A PNG or JPEG scan. */
export function ImageView({
  content,
  mediaType,
  name,
  scale,
  fitWidth,
  rotation,
  mark,
  onFit,
  onFailed,
  onLost,
}: ImageViewProps) {
  const [address, setAddress] = useState<string | null>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let current = true;
    wholeOf(content).then(
      (bytes) => {
        if (!current) return;
        made = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
        setAddress(made);
      },
      (thrown: unknown) => {
        if (current) onLost(AppError.from(thrown));
      },
    );
    return () => {
      current = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [content, mediaType, onLost]);
  const turned = rotation % 180 !== 0;
  const natural = size === null ? fitWidth : turned ? size.height : size.width;
  const fit = Math.min(1, fitWidth / Math.max(1, natural));
  const used = scale ?? fit;
  useEffect(() => {
    if (size !== null) onFit(fit);
  }, [size, fit, onFit]);
  const width = size === null ? undefined : size.width * used;
  const height = size === null ? undefined : size.height * used;
  return (
    <div className={styles.picture}>
      {address !== null && (
        <div
          style={
            size === null || width === undefined || height === undefined
              ? {}
              : {
                  width: turned ? height : width,
                  height: turned ? width : height,
                  position: 'relative',
                  display: 'grid',
                  placeContent: 'center',
                }
          }
        >
          <img
            src={address}
            alt={name}
            draggable={false}
            style={{ width, height, transform: `rotate(${rotation}deg)` }}
            onLoad={(event) =>
              setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
            }
            onError={onFailed}
          />
          {mark !== '' && <PageMark words={mark} />}
        </div>
      )}
    </div>
  );
}
