import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type DocumentContent, wholeOf } from '../../gateway/documents.ts';

/** A picture in memory. */
export interface Picture {
  readonly address: string;
  /** Its own pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PictureState {
  /** Null until it can be drawn at once. */
  readonly picture: Picture | null;
  /** It is no picture that can be read. */
  readonly failed: boolean;
  /** The archive gives no more of it. */
  readonly error: AppError | null;
}

const NOTHING: PictureState = { picture: null, failed: false, error: null };

/** Takes a picture over and decodes it; null takes nothing. It is given back when the screen is left. */
export function usePicture(content: DocumentContent | null, mediaType: string): PictureState {
  const [state, setState] = useState<PictureState>(NOTHING);
  useEffect(() => {
    setState(NOTHING);
    if (content === null) return undefined;
    let current = true;
    let made: string | null = null;
    const show = async (): Promise<void> => {
      const bytes = await wholeOf(content).catch((thrown: unknown) => {
        if (current) setState({ ...NOTHING, error: AppError.from(thrown) });
        return null;
      });
      if (bytes === null || !current) return;
      const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
      made = address;
      const image = new Image();
      image.src = address;
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      if (current) setState({ ...NOTHING, picture: { address, width, height } });
    };
    show().catch(() => {
      if (current) setState({ ...NOTHING, failed: true });
    });
    return () => {
      current = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [content, mediaType]);
  return state;
}
