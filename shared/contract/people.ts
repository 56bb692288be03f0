import { z } from 'zod';
import { cardWords, concealing, concealText } from './card-words.ts';
import { cardCode } from './code-cards.ts';
import { day, done, instant, login, longText, nothing, page, secret, sha256, shortText } from './common.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;
const OFFICE = ['keeper', 'supervisor'] as const;

/** A second person who proves themselves at this machine: login, own secret, and the next code of whoever has a card. */
export const presentPerson = z.strictObject({ login, secret, code: cardCode });

/** Of whoever changes people, typed anew: an open desk alone admits nobody (R25). */
export const ownSecret = secret;

/** Something that a person of the staff still has to settle: what stands against leaving. */
export const obligation = z.strictObject({
  /** `loan` 借閱未還 · `copy` 發放未收回 · `customer` 負責的客戶 · `login` 仍可登入 */
  kind: z.enum(['loan', 'copy', 'customer', 'login']),
  number: z.string(),
  /** Title of the paper, purpose of the copy, name of the customer. */
  title: cardWords,
  due: day.nullable(),
  /** True: nobody leaves with it. False: worth handing on, but no hindrance. */
  hinders: z.boolean(),
});
export type Obligation = z.infer<typeof obligation>;

/** One part of the inventory of the office: how many, and which where they are named. */
export const inventorySection = concealing(
  z.strictObject({
    /** `handover.section.<key>` of the catalogues. */
    key: z.string().max(40),
    count: z.int(),
    items: z.array(z.strictObject({ number: z.string(), title: z.string(), detail: z.string() })),
  }),
  // Of what is lent the title of the paper stands here.
  (section) => ({
    ...section,
    items: section.items.map((item) =>
      section.key === 'openLoans' ? { ...item, title: concealText(item.title) } : item,
    ),
  }),
);

export const officeInventory = z.strictObject({
  archive: z.string(),
  institution: z.string(),
  vaultId: z.string(),
  day,
  keeper: z.strictObject({ login, displayName: z.string() }),
  sections: z.array(inventorySection),
  /** Of its canonical JSON: what all three put their names to. */
  sha256,
});
export type OfficeInventory = z.infer<typeof officeInventory>;

export const officeHandover = z.strictObject({
  number: z.string(),
  at: instant,
  from: z.strictObject({ login, displayName: z.string() }),
  to: z.strictObject({ login, displayName: z.string() }),
  supervisor: z.strictObject({ login, displayName: z.string() }),
  inventory: officeInventory,
  /** What was found otherwise than listed, and what else is to be said; empty: nothing. */
  differences: z.string(),
  remarks: z.string(),
  auditSequence: z.int(),
});
export type OfficeHandover = z.infer<typeof officeHandover>;

/** Leaving, admissions and their end, and the keeper's office handed over (M3, R71). */
export const peopleOperations = {
  'staff.obligations': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'staff.obligations', when: 'never' },
    summary: 'What a person still has to settle before leaving: loans, copies, customers, the right to sign in.',
    input: z.strictObject({ id: z.int() }),
    output: z.strictObject({
      obligations: z.array(obligation),
      /** Customers are named up to a hundred; this is how many there are. */
      customers: z.int(),
      mayLeave: z.boolean(),
    }),
  }),
  'staff.leave': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['staff', 'users'],
    audit: { type: 'staff.leave', when: 'always' },
    summary: 'Somebody leaves: refused with an open loan or copy, saying which; the right to sign in ends with it.',
    input: z.strictObject({
      id: z.int(),
      on: day,
      reason: shortText.min(1),
      /** Where the person can still sign in: the own secret, and a supervisor's where the archive has one. */
      ownSecret: ownSecret.optional(),
      approver: presentPerson.optional(),
    }),
    output: done,
  }),
  'users.limit': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['users'],
    audit: { type: 'user.limit', when: 'always' },
    summary:
      "Changes until when a person may sign in, or ends it at once; with a supervisor's secret where there is one.",
    input: z.strictObject({
      login,
      /** Null: without end. */
      validUntil: day.nullable(),
      /** Ends it now, whatever the day says. */
      now: z.boolean().default(false),
      reason: shortText.min(1),
      ownSecret,
      approver: presentPerson.optional(),
    }),
    output: z.strictObject({
      /** Somebody who held the key of the archive has left: the key should be changed (R08). */
      keyChangeDue: z.boolean(),
    }),
  }),
  'users.readmit': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: OFFICE,
    changes: ['users'],
    audit: { type: 'user.readmit', when: 'always' },
    summary: 'Gives a person who forgot the secret a new one, typed by that person; failed attempts are forgotten.',
    input: z.strictObject({ login, secret, reason: shortText.min(1), ownSecret, approver: presentPerson.optional() }),
    output: done,
  }),
  'office.inventory': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: OFFICE,
    audit: { type: 'office.inventory', when: 'never' },
    summary: 'Everything that goes over with the office of the keeper (交接清冊), as it stands now (M3).',
    input: nothing,
    output: officeInventory,
  }),
  'office.handOver': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['users', 'agreements', 'session'],
    audit: { type: 'office.handOver', when: 'always' },
    summary:
      "Hands the office over to another keeper, with both keepers' secrets and a supervisor's; the one who hands over can no longer sign in (M3).",
    input: z.strictObject({
      /** Of the inventory that was read: another one is refused. */
      sha256,
      secret,
      successor: presentPerson,
      supervisor: presentPerson,
      differences: longText.default(''),
      remarks: longText.default(''),
    }),
    output: z.strictObject({ number: z.string() }),
  }),
  'office.handovers': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'office.handovers', when: 'never' },
    summary: 'Handovers of the office, newest first, with what was handed over.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({ handovers: z.array(officeHandover), total: z.int() }),
  }),
};
