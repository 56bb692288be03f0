import { z } from 'zod';
import { STANDINGS } from '../domain/duties.ts';
import { day, done, instant, nothing, page, shortText } from './common.ts';
import { operation } from './operation.ts';

const WORKERS = ['keeper', 'supervisor'] as const;

/** A place of the desk: a screen, a record, a view, small choices. */
export const dutyPlace = z.strictObject({
  screen: z.string(),
  number: z.string().optional(),
  tab: z.string().optional(),
  params: z.record(z.string(), z.string()).optional(),
});
export type DutyPlace = z.infer<typeof dutyPlace>;

export const standing = z.enum(STANDINGS);

/** One thing to do. */
export const dutyLine = z.strictObject({
  duty: z.string(),
  /** Number or code by which it is known; empty where the duty is the archive's own. */
  subject: z.string(),
  title: z.string(),
  day: day.nullable(),
  standing,
  /** Message key of what is said besides, with its parameters; empty: nothing. */
  note: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  place: dutyPlace,
});
export type DutyLine = z.infer<typeof dutyLine>;

/** One kind of duty with its first lines. Its name: `duty.<key>`. */
export const duty = z.strictObject({
  key: z.string(),
  count: z.int(),
  overdue: z.int(),
  /** How the most pressing one stands. */
  standing,
  mayPutOff: z.boolean(),
  place: dutyPlace,
  lines: z.array(dutyLine),
});
export type Duty = z.infer<typeof duty>;

const dutyKey = z.string().min(1).max(60);
const subject = z.string().max(120);

/** The first screen and its calendar: one list of what is to be done, whatever area it comes from. */
export const dutyOperations = {
  'duties.today': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'duty.today', when: 'never' },
    summary: 'What is to be done today: each kind of duty with its count and first lines, the most pressing first.',
    input: z.strictObject({ lines: z.int().min(0).max(50).default(3) }),
    output: z.strictObject({ today: day, duties: z.array(duty), putOff: z.int() }),
  }),
  'duties.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'duty.list', when: 'never' },
    summary: 'All lines of one duty, in pages.',
    input: z.strictObject({ duty: dutyKey, ...page }),
    output: z.strictObject({ lines: z.array(dutyLine), total: z.int() }),
  }),
  'duties.calendar': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'duty.calendar', when: 'never' },
    summary: 'How many duties of each kind fall on each day of a stretch of at most 62 days.',
    input: z.strictObject({ from: day, to: day }),
    output: z.strictObject({
      today: day,
      days: z.array(z.strictObject({ day, duties: z.array(z.strictObject({ key: z.string(), count: z.int() })) })),
    }),
  }),
  'duties.day': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'duty.day', when: 'never' },
    summary: 'What falls on one day.',
    input: z.strictObject({ day, lines: z.int().min(1).max(200).default(50) }),
    output: z.strictObject({ duties: z.array(duty) }),
  }),
  'duties.putOff': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: WORKERS,
    changes: ['duties'],
    audit: { type: 'duty.putOff', when: 'always' },
    summary: 'Puts a duty off to a day, with the reason; it stays away till then. Without a subject: the whole kind.',
    input: z.strictObject({ duty: dutyKey, subject: subject.default(''), until: day, reason: shortText.min(1) }),
    output: done,
  }),
  'duties.takeUp': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: WORKERS,
    changes: ['duties'],
    audit: { type: 'duty.takeUp', when: 'always' },
    summary: 'Takes up again what was put off.',
    input: z.strictObject({ duty: dutyKey, subject: subject.default('') }),
    output: done,
  }),
  'duties.putOffList': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: WORKERS,
    audit: { type: 'duty.putOffList', when: 'never' },
    summary: 'What was put off, till when, by whom and why.',
    input: nothing,
    output: z.strictObject({
      lines: z.array(dutyLine.extend({ until: day, reason: z.string(), at: instant, by: z.string() })),
    }),
  }),
};
