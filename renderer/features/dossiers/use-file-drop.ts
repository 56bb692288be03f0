import { type DragEvent, useEffect, useState } from 'react';

interface DropHandlers {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragEnter: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** The kind of data that a dragged row of the binder carries: its code. */
export const PAPER_DRAG = 'application/x-dossier-paper';

/** Something that takes files, and papers dragged from the binder. `over` is true while something fitting is held above it. */
export function useFileDrop(options: {
  readonly onFiles?: ((files: readonly File[]) => void) | undefined;
  readonly onPaper?: ((code: string) => void) | undefined;
}): { readonly over: boolean; readonly handlers: DropHandlers } {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    // A drop that another place took, or a drag that was given up, ends it here too.
    const end = (): void => setDepth(0);
    window.addEventListener('drop', end, true);
    window.addEventListener('dragend', end, true);
    return () => {
      window.removeEventListener('drop', end, true);
      window.removeEventListener('dragend', end, true);
    };
  }, []);
  const fits = (event: DragEvent): boolean => {
    const { types } = event.dataTransfer;
    return (
      (options.onFiles !== undefined && types.includes('Files')) ||
      (options.onPaper !== undefined && types.includes(PAPER_DRAG))
    );
  };
  return {
    over: depth > 0,
    handlers: {
      onDragOver: (event) => {
        if (!fits(event)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = event.dataTransfer.types.includes('Files') ? 'copy' : 'move';
      },
      onDragEnter: (event) => {
        if (!fits(event)) return;
        event.stopPropagation();
        setDepth((value) => value + 1);
      },
      onDragLeave: (event) => {
        if (!fits(event)) return;
        event.stopPropagation();
        setDepth((value) => Math.max(0, value - 1));
      },
      onDrop: (event) => {
        setDepth(0);
        if (!fits(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const code = event.dataTransfer.getData(PAPER_DRAG);
        if (code !== '') options.onPaper?.(code);
        else options.onFiles?.([...event.dataTransfer.files]);
      },
    },
  };
}
