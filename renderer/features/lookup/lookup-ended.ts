import { create } from 'zustand';

/** True after a lookup has ended in this window: the screen waits for the keeper's secret, and for nobody else. */
export const useLookupEnded = create<{ readonly ended: boolean }>()(() => ({ ended: false }));
