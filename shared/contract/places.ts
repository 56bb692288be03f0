import { z } from 'zod';
import { instant, page, shortText } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const place = shortText.min(1);
const figures = { papers: z.int(), pages: z.int(), originals: z.int(), out: z.int() };

/** Places (C10): the tree that their words are, what stands where, and what was moved from where to where. */
export const placeOperations = {
  'places.tree': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'place.tree', when: 'never' },
    summary:
      'Places as a tree from room to binder, with what stands at each and below: papers, pages, originals, lent.',
    input: z.strictObject({}),
    output: z.strictObject({
      nodes: z.array(
        z.strictObject({
          /** Empty: papers without a place. */
          path: z.string(),
          name: z.string(),
          depth: z.int(),
          places: z.int(),
          lastCheck: instant.nullable(),
          ...figures,
        }),
      ),
    }),
  }),
  'places.move': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dossiers'],
    audit: { type: 'place.move', when: 'always' },
    summary:
      'Moves a binder, a shelf or a cabinet with everything in it: the papers stand at the new place from now on, and the old one is kept with the day and the reason.',
    input: z.strictObject({ from: place, to: place, reason: shortText.min(1) }),
    output: z.strictObject({ papers: z.int(), places: z.int() }),
  }),
  'places.moves': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'place.moves', when: 'never' },
    summary: 'Where things stood before: moves, newest first; of one place and what lies above or below it, or all.',
    input: z.strictObject({ place: place.optional(), ...page }),
    output: z.strictObject({
      moves: z.array(
        z.strictObject({
          from: z.string(),
          to: z.string(),
          papers: z.int(),
          at: instant,
          by: z.string(),
          reason: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
};
