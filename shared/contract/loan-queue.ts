import { z } from 'zod';
import { cardWords } from './card-words.ts';
import { day, instant, longText, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { referenceCode } from './dossiers.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const purpose = z.string().trim().min(1).max(2_000);

export const loanRequest = z.strictObject({
  id: z.int(),
  code: referenceCode,
  title: cardWords,
  customer: customerNumber,
  customerName: cardWords,
  staffId: z.int(),
  name: z.string(),
  department: z.string(),
  purpose: z.string(),
  requestedAt: instant,
  state: z.enum(['waiting', 'told', 'lent', 'cancelled', 'lapsed']),
  /** 1 for whoever is next; 0 once it is over. */
  place: z.int(),
  /** True while the paper stands in its place: the next can be told. */
  available: z.boolean(),
  toldAt: instant.nullable(),
  toldHow: z.string(),
  holdUntil: day.nullable(),
  reason: z.string(),
});
export type LoanRequest = z.infer<typeof loanRequest>;

export const roomReading = z.strictObject({
  id: z.int(),
  code: referenceCode,
  title: cardWords,
  customer: customerNumber,
  customerName: cardWords,
  original: z.boolean(),
  staffId: z.int(),
  reader: z.string(),
  department: z.string(),
  basis: z.enum(['businessManager', 'customerService', 'executive']),
  purpose: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  pagesOut: z.int(),
  pagesIn: z.int().nullable(),
  note: z.string(),
});
export type RoomReading = z.infer<typeof roomReading>;

/** Who waits for a paper (B2), and who reads one in the room (L1, L3). */
export const loanQueueOperations = {
  'requests.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'request.list', when: 'never' },
    summary: 'Who waits for what, in order.',
    input: z.strictObject({
      state: z.enum(['open', 'all']).default('open'),
      code: referenceCode.optional(),
      borrowerId: z.int().optional(),
      ...page,
    }),
    output: z.strictObject({ requests: z.array(loanRequest), total: z.int() }),
  }),
  'requests.add': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'request.add', when: 'always' },
    summary: 'Puts a person into the queue for a paper that is out or promised (B2).',
    input: z.strictObject({ code: referenceCode, borrowerId: z.int(), purpose }),
    output: loanRequest,
  }),
  'requests.tell': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'request.tell', when: 'always' },
    summary: 'Records that the next in the queue was told; the paper is kept for the days of the rule.',
    input: z.strictObject({ id: z.int(), method: shortText.min(1) }),
    output: loanRequest,
  }),
  'requests.cancel': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'request.cancel', when: 'always' },
    summary: 'Takes a person out of the queue, with the reason.',
    input: z.strictObject({ id: z.int(), reason: shortText.min(1) }),
    output: loanRequest,
  }),

  'readings.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'reading.list', when: 'never' },
    summary: 'Papers read in the room: who, on which basis, from when to when (L1, L3).',
    input: z.strictObject({ state: z.enum(['open', 'all']).default('all'), code: referenceCode.optional(), ...page }),
    output: z.strictObject({ readings: z.array(roomReading), total: z.int() }),
  }),
  'readings.begin': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'reading.begin', when: 'always' },
    summary:
      'A paper is read here, also an original: who, on which basis, what for; it does not leave the room (L1, L3).',
    input: z.strictObject({ code: referenceCode, staffId: z.int(), basis: roomReading.shape.basis, purpose }),
    output: roomReading,
  }),
  'readings.end': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['loans'],
    audit: { type: 'reading.end', when: 'always' },
    summary: 'The reading is over: pages counted back.',
    input: z.strictObject({ id: z.int(), pagesIn: z.int().min(0), note: longText.default('') }),
    output: roomReading,
  }),
};
