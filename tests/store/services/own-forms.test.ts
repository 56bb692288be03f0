import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardContent, paperFrame } from '../../../electron/services/card-print.ts';
import { getCustomer } from '../../../electron/services/customers.ts';
import { cardForms } from '../../../electron/services/own-forms.ts';
import { cardFields } from '../../../shared/domain/form-fields.ts';
import { projectCard } from '../../../shared/domain/masks.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

async function importCsv(text: string) {
  const bytes = Buffer.from(text);
  const { upload } = await desk.dispatch('uploads.begin', { name: 'a.csv', size: bytes.length, purpose: 'table' });
  await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
  return desk.dispatch('imports.read', { upload, kind: 'enterprise' });
}

const refusalOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : (answer.error.fields?.[0]?.message ?? answer.error.code);
};
const fields = () => cardFields('enterprise', cardForms(desk.archive.database.reader));
const printed = (number: string) => {
  const { reader: sql } = desk.archive.database;
  const frame = paperFrame({ sql, clock: desk.surroundings.clock }, 'zh-Hant', 'keeper');
  return cardContent(frame, getCustomer(sql, number)).sections.flatMap((section) => section.fields);
};

describe('own fields of the forms', () => {
  let key = '';
  let number = '';

  it('a field added in one step reaches form, completeness, validation, import, search, history, masks and print', async () => {
    const before = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '甲公司' },
    });
    number = before.number;
    ({ key } = await desk.dispatch('forms.addField', {
      kind: 'enterprise',
      label: '門市數',
      type: 'integer',
      required: 'required',
      unit: 'points',
      section: 'business',
    }));
    expect(fields().find((field) => field.key === key)).toMatchObject({ label: '門市數', type: 'integer' });
    // C5: every card is asked for it at once, also in the list.
    const card = await desk.dispatch('customers.get', { number });
    expect(card.completeness.missing).toContain(key);
    const { rows } = await desk.dispatch('customers.list', {});
    expect(rows[0]?.completeness).toBe(card.completeness.percent);
    expect(before.completeness.missing).not.toContain(key);

    expect(await refusalOf('customers.update', { number, revision: 1, values: { [key]: 'drei' } })).toBe(
      'validation.integer',
    );
    await desk.dispatch('customers.update', { number, revision: 1, values: { [key]: 12 } });
    const { changes } = await desk.dispatch('customers.history', { number, field: key });
    expect(changes).toMatchObject([{ field: key, from: null, to: 12 }]);
    expect(printed(number).find((field) => field.label === '門市數')?.value).toContain('12');

    const table = await importCsv('客戶名稱,門市數\n乙公司,34\n丙公司,x\n');
    expect(table.mapping).toEqual(['registeredName', key]);
    const report = await desk.dispatch('imports.apply', { table: table.table, kind: 'enterprise', acceptValid: true });
    expect(report).toMatchObject({ imported: 1, refused: [{ field: '門市數', message: 'validation.cell.integer' }] });

    const { key: nick } = await desk.dispatch('forms.addField', {
      kind: 'enterprise',
      label: '江湖稱號',
      type: 'text',
      sensitive: false,
    });
    await desk.dispatch('customers.update', { number, revision: 2, values: { [nick]: '玄鐵重劍' } });
    const { hits } = await desk.dispatch('search.find', { text: '玄铁' });
    expect(hits).toMatchObject([{ number, matched: [{ field: nick, how: 'folded' }] }]);

    const { key: secret } = await desk.dispatch('forms.addField', {
      kind: 'enterprise',
      label: '私下觀察',
      type: 'text',
      sensitive: true,
    });
    const forms = cardForms(desk.archive.database.reader);
    expect(projectCard('supervisor', 'enterprise', { [secret]: '甲' }, forms)[secret]).not.toBe('甲');
    expect(projectCard('keeper', 'enterprise', { [secret]: '甲' }, forms)[secret]).toBe('甲');
    expect(projectCard('salesperson', 'enterprise', { [nick]: '甲', [key]: 3 }, forms)).toEqual({});
  });

  it('labels are as typed and cannot be confused with a field that is there, in any script', async () => {
    expect(await refusalOf('forms.addField', { kind: 'enterprise', label: '門市數', type: 'text' })).toBe(
      'validation.labelTaken',
    );
    expect(await refusalOf('forms.addField', { kind: 'enterprise', label: '企业名称（全称）', type: 'text' })).toBe(
      'validation.labelTaken',
    );
    expect(await refusalOf('forms.addField', { kind: 'individual', label: '門市數', type: 'integer' })).toBe('ok');
    await desk.dispatch('forms.changeField', { key, label: '分店數' });
    expect(printed(number).some((field) => field.label === '分店數')).toBe(true);
  });

  it('what was used is hidden, not removed: cards keep it, nothing asks for it; what was not used goes', async () => {
    expect(await refusalOf('forms.removeField', { key })).toBe('validation.ownInUse');
    await desk.dispatch('forms.changeField', { key, hidden: true });
    const card = await desk.dispatch('customers.get', { number });
    expect(card.values[key]).toBe(12);
    expect(card.completeness.missing).not.toContain(key);
    const other = await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '丁公司' } });
    expect(other.completeness.missing).not.toContain(key);
    expect((await importCsv('客戶名稱,分店數\n戊,1\n')).mapping).toEqual(['registeredName', null]);

    const { key: unused } = await desk.dispatch('forms.addField', { kind: 'enterprise', label: '暫用', type: 'text' });
    await desk.dispatch('forms.removeField', { key: unused });
    expect(fields().some((field) => field.key === unused)).toBe(false);
    // Keys are never given twice.
    const { key: next } = await desk.dispatch('forms.addField', { kind: 'enterprise', label: '暫用', type: 'text' });
    expect(next).not.toBe(unused);
    expect((await desk.dispatch('forms.uses', {})).uses[key]?.cards).toBe(2);
  });

  it('own values join a list: chosen, imported, printed; used ones are hidden', async () => {
    const { value } = await desk.dispatch('forms.addOption', { list: 'legalForm', label: '合作社' });
    expect(await refusalOf('forms.addOption', { list: 'legalForm', label: '合作社' })).toBe('validation.labelTaken');
    expect(await refusalOf('forms.addOption', { list: 'creditGrade', label: '特' })).not.toBe('ok');
    const table = await importCsv('客戶名稱,組織形式\n己合作社,合作社\n');
    await desk.dispatch('imports.apply', { table: table.table, kind: 'enterprise' });
    const { hits } = await desk.dispatch('search.find', { text: '己合作社' });
    const card = await desk.dispatch('customers.get', { number: hits[0]?.number ?? '' });
    expect(card.values['legalForm']).toBe(value);
    expect(printed(card.number).find((field) => field.value === '合作社')).toBeDefined();
    expect(await refusalOf('forms.removeOption', { value })).toBe('validation.ownInUse');
    await desk.dispatch('forms.changeOption', { value, hidden: true });
    await desk.dispatch('customers.update', { number: card.number, revision: 1, values: { shortName: '己' } });
  });

  it('a choice of own making needs its values, and every act is in the log without words', async () => {
    expect(await refusalOf('forms.addField', { kind: 'individual', label: '口味', type: 'enum' })).toBe(
      'validation.required',
    );
    const { key: taste } = await desk.dispatch('forms.addField', {
      kind: 'individual',
      label: '口味',
      type: 'multiEnum',
      options: ['甜', '鹹'],
    });
    const [sweet = '', salty = ''] =
      (await desk.dispatch('forms.get', {})).options[taste]?.map((one) => one.value) ?? [];
    const person = { kind: 'individual', values: { name: '陳一', [taste]: [sweet, salty] } } as const;
    await desk.dispatch('customers.create', person);
    const [entry] = desk.archive.audit.list({ type: 'form.field.add', limit: 1 }).entries;
    expect(entry?.obj).toBe(`field:${taste}`);
    expect(JSON.stringify(entry)).not.toContain('口味');
  });
});

describe('own repeating groups', () => {
  it('a group with its parts reaches form, validation, completeness, list, import, print and masks; used, it can only be hidden', async () => {
    const add = (input: Omit<Parameters<typeof desk.dispatch<'forms.addField'>>[1], 'kind'>) =>
      desk.dispatch('forms.addField', { kind: 'enterprise', ...input });
    const group = await add({ label: '倉庫', type: 'list', section: 'business' });
    // Without parts it asks for nothing and stands on no card.
    expect(fields().some((field) => field.key === group.key)).toBe(false);
    const name = await add({ label: '倉庫名稱', type: 'text', section: group.key, required: 'required' });
    const area = await add({ label: '面積', type: 'number', section: group.key, unit: 'squareMetres' });
    const guard = await add({ label: '看守人', type: 'text', section: group.key, sensitive: true });
    expect(
      fields()
        .find((field) => field.key === group.key)
        ?.itemFields?.map((part) => part.label),
    ).toEqual(['倉庫名稱', '面積', '看守人']);
    expect(
      await refusalOf('forms.addField', { kind: 'enterprise', label: '面積', type: 'text', section: group.key }),
    ).toBe('validation.labelTaken');
    expect(
      await refusalOf('forms.addField', { kind: 'enterprise', label: '層', type: 'list', section: group.key }),
    ).toBe('validation.option');

    const rows = [
      { [name.key]: '北倉', [area.key]: 1200, [guard.key]: '老王' },
      { [name.key]: '南倉', [area.key]: 300 },
    ];
    const wrong = await refusalOf('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '倉儲公司', [group.key]: [{ [name.key]: '北倉', [area.key]: '很大' }] },
    });
    expect(wrong).toBe('validation.number');
    const card = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '倉儲公司', [group.key]: rows },
    });
    const found = await desk.dispatch('customers.list', {
      filter: [{ field: `${group.key}.${area.key}`, is: 'atLeast', values: [1000] }],
      columns: [`${group.key}.${name.key}`],
    });
    expect(found.rows.map((row) => row.number)).toEqual([card.number]);
    expect(found.rows[0]?.more[`${group.key}.${name.key}`]).toEqual(['北倉', '南倉']);

    const { reader: sql } = desk.archive.database;
    const frame = paperFrame({ sql, clock: desk.surroundings.clock }, 'zh-Hant', 'keeper');
    const table = cardContent(frame, getCustomer(sql, card.number))
      .sections.flatMap((section) => section.tables ?? [])
      .find(({ title }) => title === '倉庫');
    expect(table).toMatchObject({
      columns: ['倉庫名稱', '面積', '看守人'],
      rows: [
        ['北倉', expect.stringContaining('1,200'), '老王'],
        ['南倉', expect.stringContaining('300'), ''],
      ],
    });
    const seen = projectCard('supervisor', 'enterprise', { [group.key]: rows } as never, cardForms(sql))[group.key];
    expect(JSON.stringify(seen)).toContain('北倉');
    expect(JSON.stringify(seen)).not.toContain('老王');

    const read = await importCsv('企業名稱,倉庫名稱,面積,倉庫名稱2\n進口公司,東倉,450,西倉\n');
    expect(read.mapping).toEqual([
      'registeredName',
      `${group.key}.0.${name.key}`,
      `${group.key}.0.${area.key}`,
      `${group.key}.1.${name.key}`,
    ]);

    expect(await refusalOf('forms.removeField', { key: group.key })).toBe('validation.ownInUse');
    expect(await refusalOf('forms.changeField', { key: area.key, section: 'business' })).toBe('validation.option');
    await desk.dispatch('forms.changeField', { key: group.key, hidden: true });
    expect((await desk.dispatch('customers.get', { number: card.number })).values[group.key]).toHaveLength(2);
    const spare = await add({ label: '車隊', type: 'list' });
    await add({ label: '車牌', type: 'text', section: spare.key });
    await desk.dispatch('forms.removeField', { key: spare.key });
    expect((await desk.dispatch('forms.get', {})).fields.some((field) => field.section === spare.key)).toBe(false);
  });
});
