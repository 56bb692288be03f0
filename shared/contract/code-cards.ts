import { z } from 'zod';
import { done, instant, login, nothing, secret } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const OFFICE = ['keeper', 'supervisor'] as const;

/** The next code of the card; whoever has none leaves it out. */
export const cardCode = z.string().max(40).optional();
const holder = z.strictObject({ login, secret, code: cardCode });

/** The second factor: a card of one-time codes. */
export const codeCardOperations = {
  'codeCards.list': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'codeCard.list', when: 'never' },
    summary: 'Who signs in with a card of codes besides the secret, and how many codes are left.',
    input: nothing,
    output: z.strictObject({
      cards: z.array(z.strictObject({ login, displayName: z.string(), madeAt: instant, left: z.int() })),
    }),
  }),
  'codeCards.make': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['users'],
    audit: { type: 'codeCard.make', when: 'always' },
    summary:
      'Prints a card of one-time codes for a person, who types the own secret here (and the next code of the card that it replaces): from then on signing in takes both.',
    input: holder,
    output: z.strictObject({ document: z.string(), name: z.string(), pages: z.int() }),
  }),
  'codeCards.end': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['users'],
    audit: { type: 'codeCard.end', when: 'always' },
    summary:
      'Signing in takes the secret alone again: the person types secret and next code. A lost card ends with a new secret that a supervisor agrees to, a keeper’s also with the recovery key; once that has opened the archive, the secret alone ends a card.',
    input: holder,
    output: done,
  }),
};
