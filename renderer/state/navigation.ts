import { createContext, useContext, useLayoutEffect, useRef, useState } from 'react';
import { drawBehind } from './draw-behind.tsx';
import { createSessionStore } from './reset-registry.ts';

/** A place of the desk: a screen and what it shows. Everything needed to come back to it. */
export interface Place {
  readonly screen: string;
  /** Registration number of a customer, code of a paper, loan number … */
  readonly number?: string | undefined;
  readonly tab?: string | undefined;
  /** Small choices of the screen: filter, sort, class, year. */
  readonly params?: Readonly<Record<string, string>> | undefined;
}

interface Navigation {
  readonly place: Place;
  readonly back: readonly Place[];
  readonly forward: readonly Place[];
  /** Where each screen was left. */
  readonly lastPlaces: Readonly<Record<string, Place>>;
  go(place: Place): void;
  /** To where that screen was left last. */
  goToScreen(screen: string): void;
  /** Changes the present place without a step in the history (filters, tabs). */
  replace(change: Omit<Partial<Place>, 'screen'>): void;
  goBack(): void;
  goForward(): void;
}

const HISTORY_LIMIT = 100;
const HOME: Place = { screen: 'today' };

function samePlace(a: Place, b: Place): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export const useNavigation = createSessionStore<Navigation>((set, get) => ({
  place: HOME,
  back: [],
  forward: [],
  lastPlaces: {},
  go: (place) => {
    const state = get();
    if (samePlace(state.place, place)) return;
    set({
      place,
      back: [...state.back, state.place].slice(-HISTORY_LIMIT),
      forward: [],
      lastPlaces: { ...state.lastPlaces, [state.place.screen]: state.place },
    });
  },
  goToScreen: (screen) =>
    get().go(get().place.screen === screen ? { screen } : (get().lastPlaces[screen] ?? { screen })),
  replace: (change) =>
    set((state) => {
      const place = { ...state.place, ...change };
      return samePlace(state.place, place) ? {} : { place };
    }),
  goBack: () =>
    set((state) => {
      const place = state.back.at(-1);
      if (place === undefined) return {};
      return { place, back: state.back.slice(0, -1), forward: [state.place, ...state.forward] };
    }),
  goForward: () =>
    set((state) => {
      const [place, ...forward] = state.forward;
      if (place === undefined) return {};
      return { place, forward, back: [...state.back, state.place] };
    }),
}));

/** `go`, `goToScreen`, `replace`, `goBack`, `goForward`: stable, for event handlers. */
export function useNavigate(): Pick<Navigation, 'go' | 'goToScreen' | 'replace' | 'goBack' | 'goForward'> {
  return useNavigation.getState();
}

const ShownPlace = createContext<Place>(HOME);

/** Gives `usePlace` to what is inside; see `useShownPlace`. */
export const ShownPlaceProvider = ShownPlace.Provider;

/** Other filters of the same list: they answer at once, as what is typed does. */
function sameView(a: Place, b: Place): boolean {
  return a.screen === b.screen && a.number === b.number && a.tab === b.tab;
}

/**
 * The place whose screen is drawn. Another screen, record or tab is drawn in slices behind the present one, which stays usable and
 * in sight until the other is ready: a click never holds the window up for as long as a screen takes.
 */
export function useShownPlace(): Place {
  const [shown, setShown] = useState(() => useNavigation.getState().place);
  const drawn = useRef(shown);
  useLayoutEffect(() => {
    drawn.current = shown;
  }, [shown]);
  useLayoutEffect(() => {
    setShown(useNavigation.getState().place);
    return useNavigation.subscribe(({ place }, before) => {
      if (place === before.place) return;
      if (sameView(place, drawn.current)) setShown(place);
      // Asked for again when it is brought in sight: another click may have led elsewhere.
      else drawBehind(() => setShown(useNavigation.getState().place));
    });
  }, []);
  return shown;
}

/** Where the desk is, for what is drawn. */
export function usePlace(): Place {
  return useContext(ShownPlace);
}
