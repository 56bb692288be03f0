import { z } from 'zod';
import { cardWords } from './card-words.ts';
import { cardCode } from './code-cards.ts';
import { day, directory, done, instant, login, nothing, page, role, secret } from './common.ts';
import { operation } from './operation.ts';
import { ownSecret, presentPerson } from './people.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const LOOKUP = ['accountManager', 'businessManager', 'customerService', 'executive', 'supervisor'] as const;

export const staffMember = z.strictObject({
  id: z.int(),
  number: z.string(),
  name: z.string(),
  department: z.string(),
  position: z.string(),
  phone: z.string(),
  active: z.boolean(),
  login: z.string().nullable(),
  /** Day of leaving; null while the person works here. */
  leftOn: day.nullable(),
  openLoans: z.int(),
  overdueLoans: z.int(),
});

/** People (R), locked lookup (L). */
export const custodyOperations = {
  'staff.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'staff.list', when: 'never' },
    summary: 'Staff directory: who borrows, reports and owns customers.',
    input: z.strictObject({ text: z.string().max(200).default(''), includeInactive: z.boolean().default(false) }),
    output: z.strictObject({ staff: z.array(staffMember) }),
  }),
  'staff.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['staff'],
    audit: { type: 'staff.change', when: 'always' },
    summary: 'Adds a member of staff, or changes one.',
    input: z.strictObject({
      id: z.int().optional(),
      number: z.string().max(40).default(''),
      name: z.string().min(1).max(100),
      department: z.string().max(100).default(''),
      position: z.string().max(100).default(''),
      phone: z.string().max(60).default(''),
      active: z.boolean().default(true),
      /** Login of the user that this person is; null takes it off. */
      login: login.nullable().optional(),
    }),
    output: z.strictObject({ id: z.int() }),
  }),
  'users.list': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'user.list', when: 'never' },
    summary: 'People who sign in with an own secret.',
    input: nothing,
    output: z.strictObject({
      users: z.array(
        z.strictObject({ login, displayName: z.string(), role, validUntil: day.nullable(), active: z.boolean() }),
      ),
    }),
  }),
  'users.add': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['users'],
    audit: { type: 'user.add', when: 'always' },
    summary: 'Admits a person, who types an own secret.',
    input: z.strictObject({
      login,
      displayName: z.string().min(1).max(100),
      role,
      secret,
      validUntil: day.optional(),
      ownSecret,
      /** A supervisor, where the archive has one (R71). */
      approver: presentPerson.optional(),
      /** The person of the directory who this is. */
      staffId: z.int().optional(),
    }),
    output: done,
  }),
  'keyFiles.status': operation({
    kind: 'query',
    whileLooking: 'live',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'keyFile.status', when: 'never' },
    summary: 'Whether the own sign-in asks for a key file, and what that file is called.',
    input: nothing,
    output: z.strictObject({ file: z.string().nullable() }),
  }),
  'keyFiles.make': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['users'],
    audit: { type: 'keyFile.make', when: 'always' },
    summary:
      'Writes a key file into a folder (a stick): from then on the own secret opens nothing without it; the recovery sheet does.',
    input: z.strictObject({ secret, folder: directory }),
    output: z.strictObject({ file: directory }),
  }),
  'keyFiles.end': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    changes: ['users'],
    audit: { type: 'keyFile.end', when: 'always' },
    summary: 'The own secret alone opens the archive again; the key file is worth nothing from then on.',
    input: z.strictObject({ secret }),
    output: done,
  }),
  'users.changeSecret': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: DESK,
    changes: ['users'],
    audit: { type: 'user.changeSecret', when: 'always' },
    summary: 'Changes the own secret.',
    input: z.strictObject({ current: secret, next: secret }),
    output: done,
  }),

  'lookup.handOver': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['session'],
    whileDamaged: true,
    audit: { type: 'lookup.handOver', when: 'always' },
    summary: 'Hands the screen over for a locked lookup (L2).',
    input: nothing,
    output: done,
  }),
  'lookup.signIn': operation({
    kind: 'command',
    sessions: ['handover'],
    roles: [],
    changes: ['session'],
    whileDamaged: true,
    audit: { type: 'lookup.signIn', when: 'always' },
    summary:
      'A manager signs in with an own secret and states the purpose (L1, L2); an auditor sits down at the desk and reads the log.',
    input: z.strictObject({ login, secret, code: cardCode, purpose: z.string().min(5).max(400) }),
    /** `expiresAt` null: no lookup, an auditor at the desk. */
    output: z.strictObject({ displayName: z.string(), role, expiresAt: instant.nullable() }),
  }),
  'lookup.end': operation({
    kind: 'command',
    sessions: ['lookup'],
    roles: LOOKUP,
    changes: ['session'],
    whileDamaged: true,
    audit: { type: 'lookup.end', when: 'always' },
    summary: 'Ends the own lookup; the screen waits for the keeper.',
    input: nothing,
    output: done,
  }),
  'lookup.backToDesk': operation({
    kind: 'command',
    sessions: ['handover', 'lookup'],
    roles: LOOKUP,
    changes: ['session'],
    whileDamaged: true,
    audit: { type: 'lookup.backToDesk', when: 'always' },
    summary: "Back to the desk, with the keeper's secret.",
    input: z.strictObject({ secret, code: cardCode }),
    output: done,
  }),
  'lookup.register': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'lookup.register', when: 'never' },
    summary:
      'The lookup register: who, purpose, from when to when, what was read, and who was refused; of all time or between two days.',
    input: z.strictObject({
      /** Only this lookup. */
      id: z.int().optional(),
      from: day.optional(),
      to: day.optional(),
      ...page,
    }),
    output: z.strictObject({
      lookups: z.array(
        z.strictObject({
          id: z.int(),
          user: z.string(),
          displayName: z.string(),
          role: z.string(),
          purpose: z.string(),
          /** Who handed the screen over. */
          keeper: z.string(),
          startedAt: instant,
          endedAt: instant.nullable(),
          ended: z.string(),
          searches: z.int(),
          records: z.array(z.strictObject({ at: instant, kind: z.string(), number: z.string(), title: cardWords })),
        }),
      ),
      total: z.int(),
      /** Refused attempts to sign in, from the log: by whoever typed that login, why (a code of the closed list). */
      refused: z.array(
        z.strictObject({ seq: z.int(), at: instant, login: z.string(), purpose: z.string(), code: z.string() }),
      ),
    }),
  }),
};
