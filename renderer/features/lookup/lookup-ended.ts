import { create } from 'zustand';

/**
 * `ended`: a lookup has ended in this window; the screen waits for the keeper's secret, and for nobody else. `justReturned`: the
 * keeper is back, and is shown first of all what was read.
 */
export const useLookupEnded = create<{ readonly ended: boolean; readonly justReturned: boolean }>()(() => ({
  ended: false,
  justReturned: false,
}));
