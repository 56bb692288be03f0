import { z } from 'zod';
import { cardWords } from './card-words.ts';
import { instant, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { operation } from './operation.ts';

const OFFICE = ['keeper', 'supervisor'] as const;

const limitedCard = z.strictObject({
  number: customerNumber,
  name: cardWords,
  readers: z.array(z.strictObject({ staffId: z.int(), name: z.string(), department: z.string() })),
  reason: z.string(),
  since: instant,
  by: z.string(),
});

/** Cards that only named people may read (L1). */
export const namedReaderOperations = {
  'readers.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: OFFICE,
    audit: { type: 'reader.list', when: 'never' },
    summary: 'Cards that only named people may read, and who they are; of one customer, or all.',
    input: z.strictObject({ number: customerNumber.optional() }),
    output: z.strictObject({ cards: z.array(limitedCard) }),
  }),
  'readers.limit': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['customers'],
    audit: { type: 'reader.limit', when: 'always' },
    summary:
      'Names who alone may read a card with its whole dossier, on the screen, in the room, on loan and as a copy; nobody named: whoever’s role may again.',
    input: z.strictObject({ number: customerNumber, readers: z.array(z.int()).max(100), reason: shortText.min(1) }),
    output: z.strictObject({ cards: z.array(limitedCard) }),
  }),
};
