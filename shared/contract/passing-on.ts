import { z } from 'zod';
import { PASSING_REASONS, PASSING_STATES } from '../domain/information-reports.ts';
import { REPORT_CHANNELS, REPORT_SUBJECTS } from '../domain/visit.ts';
import { day, done, instant, longText, shortText } from './common.ts';
import { operation } from './operation.ts';
import { informationReport } from './reporting.ts';
import { reportNumber } from './visits.ts';

const DESK = ['keeper', 'supervisor'] as const;
/** Empty: every subject. */
const subject = z.enum(['', ...REPORT_SUBJECTS]);

export const passing = z.strictObject({
  staffId: z.int(),
  staff: z.string(),
  department: z.string(),
  why: z.enum(PASSING_REASONS),
  passBy: day,
  state: z.enum(PASSING_STATES),
  passedAt: instant.nullable(),
  channel: z.union([z.literal(''), z.enum(REPORT_CHANNELS)]),
  words: z.string(),
  decidedBy: z.string(),
});
export type Passing = z.infer<typeof passing>;

/** Information is collected, sorted, and passed on to those who sell (V3): who is told of which subject, who was told, when and how. */
export const passingOnOperations = {
  'information.recipients': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'information.recipients', when: 'never' },
    summary: 'Whom an information report is to be passed on to, and who has been told, when and how.',
    input: z.strictObject({ number: reportNumber }),
    output: z.strictObject({ passings: z.array(passing) }),
  }),
  'information.passOn': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits'],
    audit: { type: 'information.passOn', when: 'always' },
    summary: 'Writes down that a report was passed on to these people: how, when, and in what words.',
    input: z.strictObject({
      number: reportNumber,
      staffIds: z.array(z.int()).min(1).max(100),
      channel: z.enum(REPORT_CHANNELS),
      /** Left out: now. */
      passedAt: instant.optional(),
      words: longText.default(''),
    }),
    output: informationReport,
  }),
  'information.addRecipient': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits'],
    audit: { type: 'information.addRecipient', when: 'always' },
    summary: 'Puts somebody on the list of those whom a report is to be passed on to.',
    input: z.strictObject({ number: reportNumber, staffId: z.int() }),
    output: informationReport,
  }),
  'information.dropRecipient': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['visits'],
    audit: { type: 'information.dropRecipient', when: 'always' },
    summary: 'Leaves somebody out whom a report was to be passed on to, with the reason.',
    input: z.strictObject({ number: reportNumber, staffId: z.int(), reason: shortText.min(1) }),
    output: informationReport,
  }),
  'reportRouting.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'reportRouting.list', when: 'never' },
    summary: 'Who is told of which subject, beside the salesperson of the customer.',
    input: z.strictObject({}),
    output: z.strictObject({
      rules: z.array(
        z.strictObject({
          subject,
          staff: z.array(z.strictObject({ id: z.int(), name: z.string(), department: z.string() })),
        }),
      ),
    }),
  }),
  'reportRouting.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['visits', 'settings'],
    audit: { type: 'reportRouting.save', when: 'always' },
    summary: 'Says who is told of a subject, or of every one; reports already written keep the recipients they have.',
    input: z.strictObject({ subject, staffIds: z.array(z.int()).max(100) }),
    output: done,
  }),
};
