import { z } from 'zod';
import { CARD_KINDS } from '../domain/form-fields.ts';
import {
  EXTENSIBLE_SETS,
  OWN_FIELD_REQUIREMENTS,
  OWN_FIELD_TYPES,
  OWN_FIELD_UNITS,
} from '../domain/forms/own-fields.ts';
import { done, nothing } from './common.ts';
import { operation } from './operation.ts';

const READERS = [
  'keeper',
  'supervisor',
  'accountManager',
  'businessManager',
  'customerService',
  'executive',
  'auditor',
] as const;

const ownKey = z.string().regex(/^own[1-9]\d{0,6}$/);
const label = z.string().trim().min(1).max(60);
const unit = z.enum(OWN_FIELD_UNITS);

export const ownOption = z.strictObject({ value: ownKey, label: z.string(), hidden: z.boolean() });
export const ownForms = z.strictObject({
  fields: z.array(
    z.strictObject({
      key: ownKey,
      kind: z.enum(CARD_KINDS),
      section: z.string(),
      label: z.string(),
      type: z.enum(OWN_FIELD_TYPES),
      required: z.enum(OWN_FIELD_REQUIREMENTS),
      unit: unit.nullable(),
      sensitive: z.boolean(),
      hidden: z.boolean(),
    }),
  ),
  /** By name of a list of the forms, or by key of an own field. */
  options: z.record(z.string(), z.array(ownOption)),
});

/** Fields and values that the keeper adds to the forms, without programming. */
export const ownFormOperations = {
  'forms.get': operation({
    kind: 'query',
    sessions: ['desk', 'lookup'],
    roles: READERS,
    audit: { type: 'form.read', when: 'never' },
    summary: 'Fields and values that the keeper added to the forms.',
    input: nothing,
    output: ownForms,
  }),
  'forms.uses': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper', 'supervisor'],
    audit: { type: 'form.uses', when: 'never' },
    summary: 'On how many cards, and in how much of their history, each own field and value stands.',
    input: nothing,
    output: z.strictObject({
      uses: z.record(z.string(), z.strictObject({ cards: z.int(), history: z.int() })),
    }),
  }),
  'forms.addField': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.field.add', when: 'always' },
    summary: 'Adds an own field to a form; a required one counts in the completeness of every card at once.',
    input: z.strictObject({
      kind: z.enum(CARD_KINDS),
      /** Key of a section of the form; default: the section of own fields. */
      section: z.string().min(1).max(40).default('own'),
      label,
      type: z.enum(OWN_FIELD_TYPES),
      required: z.enum(OWN_FIELD_REQUIREMENTS).default('optional'),
      unit: unit.optional(),
      sensitive: z.boolean().default(false),
      /** Words of the values of an `enum` or `multiEnum`. */
      options: z.array(label).max(200).default([]),
    }),
    output: z.strictObject({ key: ownKey }),
  }),
  'forms.changeField': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.field.change', when: 'always' },
    summary: 'Changes words, place and demand of an own field, hides it or shows it again. Its type stays.',
    input: z.strictObject({
      key: ownKey,
      label: label.optional(),
      section: z.string().min(1).max(40).optional(),
      required: z.enum(OWN_FIELD_REQUIREMENTS).optional(),
      unit: unit.nullable().optional(),
      sensitive: z.boolean().optional(),
      hidden: z.boolean().optional(),
      /** Changes places with the own field above or below it. */
      move: z.enum(['up', 'down']).optional(),
    }),
    output: done,
  }),
  'forms.removeField': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.field.remove', when: 'always' },
    summary: 'Removes an own field that no card has and never had; one that was used can only be hidden.',
    input: z.strictObject({ key: ownKey }),
    output: done,
  }),
  'forms.addOption': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.option.add', when: 'always' },
    summary: 'Adds an own value to a list of the forms or of an own field.',
    input: z.strictObject({ list: z.union([z.enum(EXTENSIBLE_SETS), ownKey]), label }),
    output: z.strictObject({ value: ownKey }),
  }),
  'forms.changeOption': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.option.change', when: 'always' },
    summary: 'Changes the words of an own value, hides it or shows it again.',
    input: z.strictObject({ value: ownKey, label: label.optional(), hidden: z.boolean().optional() }),
    output: done,
  }),
  'forms.removeOption': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['settings', 'customers'],
    audit: { type: 'form.option.remove', when: 'always' },
    summary: 'Removes an own value that no card has and never had; one that was used can only be hidden.',
    input: z.strictObject({ value: ownKey }),
    output: done,
  }),
};
