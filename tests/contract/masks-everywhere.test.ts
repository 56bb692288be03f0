import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type ArchiveOperationName, archiveContract } from '../../shared/contract/contract.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { fieldRows } from '../../shared/contract/role-table.ts';
import { type CardKind, cardFields } from '../../shared/domain/form-fields.ts';
import type { FieldDefinition, FieldValue } from '../../shared/domain/forms/field.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { inputFor, type JsonSchema } from '../support/sample-input.ts';
import { readPdf } from '../unit/print/read-pdf.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/**
 * Wish 18: a hidden field is hidden everywhere. Every hidden text of two cards holds a canary; every operation that a role may call is
 * called with inputs that fit, and no answer, no print and no entry of the log may show one. An operation that is added is called too:
 * its inputs are made from its schema.
 */
const STEM = 'Qzvarrel';
let desk: TestArchive;
let folder = '';
const known: Record<string, unknown> = {};
let canaries: string[] = [];

const isHidden = (field: FieldDefinition) => field.sensitive === true;
/** What a text field of this kind takes; undefined where only a choice or a number fits. */
function canaryFor(field: FieldDefinition, path: string): FieldValue | undefined {
  if (!['text', 'longText', 'address'].includes(field.type)) return undefined;
  const canary = `${STEM}${path.replace(/[^a-z]/gi, '')}`;
  return field.maxLength === undefined ? canary : canary.slice(0, field.maxLength);
}

function hiddenValues(kind: CardKind): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of cardFields(kind)) {
    if (field.type === 'list') {
      const hidden = (field.itemFields ?? []).filter((part) => isHidden(field) || isHidden(part));
      const item = Object.fromEntries(
        hidden.flatMap((part) => {
          const value = canaryFor(part, `${field.key}.${part.key}`);
          return value === undefined ? [] : [[part.key, value]];
        }),
      );
      const name = field.itemFields?.find((part) => part.key === 'name' || part.key === 'bankName');
      if (Object.keys(item).length > 0)
        values[field.key] = [{ ...(name === undefined ? {} : { [name.key]: '陳美玲' }), ...item }] as FieldValue;
    } else if (isHidden(field)) {
      const value = canaryFor(field, field.key);
      if (value !== undefined) values[field.key] = value;
    }
  }
  return values;
}

const canariesIn = (value: unknown) => [...new Set(JSON.stringify(value)?.match(new RegExp(`${STEM}\\w*`, 'g')) ?? [])];

beforeAll(async () => {
  desk = await openTestArchive();
  // What is written as a file goes there, and nowhere else.
  folder = mkdtempSync(join(tmpdir(), 'masks-'));
  Object.assign(known, { file: join(folder, 'written'), directory: join(folder, 'folder') });
  for (const kind of ['enterprise', 'individual'] as const) {
    const named = kind === 'enterprise' ? { registeredName: '恆昌貿易股份有限公司' } : { name: '陳美玲' };
    const hidden = hiddenValues(kind);
    const made = await desk.dispatch('customers.create', { kind, values: { ...named, ...hidden } as never });
    // Former values are hidden as well.
    const changed = Object.fromEntries(
      Object.entries(hidden).map(([key, value]) => [
        key,
        typeof value === 'string' ? `${value}Later`.slice(0, 60) : [],
      ]),
    );
    await desk.dispatch('customers.update', { number: made.number, revision: made.revision, values: changed as never });
    await desk.dispatch('customers.update', {
      number: made.number,
      revision: made.revision + 1,
      values: hidden as never,
    });
    canaries.push(...canariesIn(hidden));
    known[kind === 'enterprise' ? 'number' : 'other'] = made.number;
  }
  canaries = [...new Set(canaries)];
  const { code } = await desk.dispatch('dossiers.addPaper', {
    customer: String(known['number']),
    type: 'background',
    title: '走訪調查報告',
    security: 'internal',
  });
  Object.assign(known, { code, customer: known['number'], customerNumber: known['number'], text: STEM });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that would end the session, or needs a second person's secret, is no outlet. */
const NO_OUTLET = /^(session\.lock|lookup\.|office\.handOver|archive\.(create|practice|unlock|restore))/;

async function answersOf(role: Role, number: string): Promise<{ answered: number; leaks: string[] }> {
  const { session } = desk.surroundings;
  const leaks: string[] = [];
  let answered = 0;
  for (const [name, operation] of Object.entries(archiveContract) as [ArchiveOperationName, Operation][]) {
    if (!operation.sessions.includes('desk') || !operation.roles.includes(role) || NO_OUTLET.test(name)) continue;
    known['number'] = number;
    session.actor = { ...desk.archive.deskActor, role };
    const forms = name === 'print.form' ? printForms(operation) : [undefined];
    for (const form of forms) {
      const input = { ...(inputFor(operation.input, known) as object), ...(form === undefined ? {} : { form }) };
      const answer = await desk.answer(name, input);
      if (!answer.ok) continue;
      answered += 1;
      const where = form === undefined ? name : `${name} ${form}`;
      if (canariesIn(answer.output).length > 0) leaks.push(`${where}: ${canariesIn(answer.output).join()}`);
      const { document } = answer.output as { document?: unknown };
      if (typeof document !== 'string') continue;
      const { bytes, mediaType } = await desk.surroundings.shelf.get(document);
      if (mediaType !== 'application/pdf') continue;
      const pdf = await readPdf(bytes);
      for (let page = 1; page <= pdf.pages; page += 1) {
        const found = canariesIn(await pdf.text(page));
        if (found.length > 0) leaks.push(`${where} on paper: ${found.join()}`);
      }
    }
  }
  session.actor = desk.archive.deskActor;
  return { answered, leaks };
}

function printForms(operation: Operation): readonly string[] {
  const json = z.toJSONSchema(operation.input, { unrepresentable: 'any', io: 'input' }) as JsonSchema;
  return (json.properties?.['form']?.enum ?? []) as readonly string[];
}

it('the canaries are there: the keeper sees every one of them', async () => {
  const hidden = (['enterprise', 'individual'] as const).flatMap((kind) =>
    fieldRows(kind).filter(({ showing }) => showing.supervisor === 'masked'),
  );
  expect(hidden.length).toBeGreaterThan(15);
  expect(canaries.length).toBeGreaterThan(8);
  const cards = await Promise.all(
    [String(known['number']), String(known['other'])].map((number) => desk.dispatch('customers.get', { number })),
  );
  expect(canariesIn(cards).sort()).toEqual([...canaries].sort());
});

it.each(['supervisor', 'auditor'] as const)(
  'wish 18: no operation, print or list shows a hidden value to a %s',
  async (role) => {
    const numbers = [String(known['customer']), String(known['other'])];
    for (const number of numbers) {
      const { answered, leaks } = await answersOf(role, number);
      expect(leaks).toEqual([]);
      expect(answered).toBeGreaterThan(role === 'supervisor' ? 40 : 10);
    }
  },
);

it('wish 18: nobody finds a card by what is hidden from them, and the log names no value', async () => {
  const { session } = desk.surroundings;
  session.actor = { ...desk.archive.deskActor, role: 'supervisor' };
  for (const canary of canaries) {
    expect((await desk.dispatch('search.find', { text: canary })).hits).toEqual([]);
    expect((await desk.dispatch('customers.list', { text: canary })).total).toBe(0);
  }
  session.actor = desk.archive.deskActor;
  const { entries } = desk.archive.audit.list({ limit: 500 });
  expect(canariesIn(entries)).toEqual([]);
});
