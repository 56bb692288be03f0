import { createSessionStore } from '../../state/reset-registry.ts';

/** What the card screen remembers while the archive is open: asked once at saving, offered again at the next (C4, C6). */
interface CardSession {
  /** What values rest on, as typed last. */
  readonly evidence: string;
  /** Instant of the visit by customer number, as given last. */
  readonly visitedAt: Readonly<Record<string, string>>;
  remember(evidence: string, number: string, visitedAt: string | null): void;
}

export const useCardSession = createSessionStore<CardSession>((set) => ({
  evidence: '',
  visitedAt: {},
  remember: (evidence, number, visitedAt) =>
    set((state) => ({
      evidence,
      visitedAt: visitedAt === null ? state.visitedAt : { ...state.visitedAt, [number]: visitedAt },
    })),
}));
