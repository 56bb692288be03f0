import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInIndex } from '../../../electron/store/search-index.ts';
import { foldForSearch, readingsOfName } from '../../../electron/store/search-text.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/** Characters that fold onto one another, many to one, and others beside them. */
const CHARACTERS = [...'后後系係繫干乾幹里裡裏台臺檯發髮发面麵并並'];
const PLAIN = [...'永昌電子五金有限公司大同'];
/** Another script within a name. */
const LATIN = [...'Abx'];

let desk: TestArchive;
const names: { number: string; name: string }[] = [];
beforeAll(async () => {
  desk = await openTestArchive();
  const draw = fc.sample(fc.array(fc.constantFrom(...CHARACTERS, ...PLAIN, ...LATIN), { minLength: 2, maxLength: 7 }), {
    numRuns: 150,
    seed: 11,
  });
  for (const [index, characters] of draw.entries()) {
    const name = `${characters.join('')}${index % 3 === 0 ? '有限公司' : ''}`;
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: name },
    });
    names.push({ number, name });
  }
});
afterAll(() => desk.close());

const found = async (text: string) => {
  const { rows } = await desk.dispatch('customers.list', { text, limit: 500 });
  return rows.map((row) => row.number).sort();
};
const scanned = (text: string) =>
  names
    .filter(({ name }) => foldForSearch(name).includes(foldForSearch(text)))
    .map(({ number }) => number)
    .sort();

describe('how many there are', () => {
  it('is counted, and of very many only so far as is told', async () => {
    const { total, many } = await desk.dispatch('search.find', { text: '有限公司', limit: 5 });
    expect({ total, many }).toEqual({ total: scanned('有限公司').length, many: false });
    const { reader } = desk.archive.database;
    expect(findInIndex(reader, '有限公司', 10_000)).toHaveLength(total);
    expect(findInIndex(reader, '有限公司', 7, ['customer'])).toHaveLength(7);
  });
});

describe('what is found is what a plain scan finds after the same folding (wishes 11, 13)', () => {
  it('for any text of one, two or more characters, whichever of a pair is typed', async () => {
    const typed = fc.array(fc.constantFrom(...CHARACTERS, ...PLAIN), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(typed, async (characters) => {
        const text = characters.join('');
        expect(await found(text)).toEqual(scanned(text));
      }),
      { numRuns: 200 },
    );
  });

  it('where one script ends and another begins, as often as they stand in the text', async () => {
    const han = fc.array(fc.constantFrom(...CHARACTERS, ...PLAIN), { minLength: 1, maxLength: 2 });
    const other = fc.array(fc.constantFrom(...LATIN), { minLength: 1, maxLength: 4 });
    const pieces = fc.oneof(fc.tuple(other, han), fc.tuple(han, other), fc.tuple(han, other, han));
    // Whole names too: what is drawn by chance stands in few of them.
    const ofNames = fc.tuple(fc.nat(149), fc.nat(3)).map(([at, from]) => [...(names[at]?.name ?? '')].slice(from));
    await fc.assert(
      fc.asyncProperty(fc.oneof(pieces, ofNames), async (parts) => {
        const text = parts.flat().join('').slice(0, 4);
        fc.pre(/\p{Script=Han}/u.test(text));
        const { total, hits } = await desk.dispatch('search.find', { text, limit: 20, kinds: ['customer'] });
        expect({ total, shown: hits.length }).toEqual({ total: scanned(text).length, shown: Math.min(20, total) });
        // The list does not look at the names again: of the two in the other order it may show one.
        expect(await found(text)).toEqual(expect.arrayContaining(scanned(text)));
      }),
      { numRuns: 200 },
    );
  });

  it('each of a pair finds the others: 后 後, 系 係 繫, 干 乾 幹', async () => {
    for (const pair of ['后後', '系係繫', '干乾幹', '里裡裏', '台臺檯', '發髮发']) {
      const [first = '', ...others] = [...pair];
      for (const other of others) expect(await found(other)).toEqual(await found(first));
      expect(await found(first)).toEqual(scanned(first));
    }
  });

  it('the hit says where and how it was found', async () => {
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '皇后大道乾貨行', telephone: '02-5566-7788' },
    });
    const how = async (text: string) =>
      (await desk.dispatch('search.find', { text, kinds: ['customer'] })).hits.find(
        (hit) => hit.title === '皇后大道乾貨行',
      )?.matched;
    expect(await how('皇後大道干货')).toEqual([{ field: 'name', how: 'folded' }]);
    expect(await how('55667788')).toEqual([{ field: 'telephone', how: 'part' }]);
    expect(await how('huanghoudadao')).toEqual([{ field: 'name', how: 'pinyin' }]);
    expect(await how('hhdd')).toEqual([{ field: 'name', how: 'initials' }]);
  });
});

describe('of very many that contain what was typed', () => {
  beforeAll(async () => {
    const create = (registeredName: string, telephone: string) =>
      desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName, telephone } });
    for (let at = 0; at < 330; at += 1) await create(`銘廣州第${at}貨行`, `02-8844-${String(at).padStart(4, '0')}`);
    for (const name of ['广州銘貨', '廣州銘', '銘廣州']) await create(name, '04-1111-2222');
    await create('高州棧', '04-3333-4444');
  });
  const hits = (text: string) => desk.dispatch('search.find', { text, kinds: ['customer'], limit: 20 });

  it('those whose name begins with it stand first, however new their cards are, as written before folded', async () => {
    const { hits: shown, total } = await hits('廣州');
    expect(shown.slice(0, 2).map((hit) => hit.title)).toEqual(['廣州銘', '广州銘貨']);
    expect(shown).toHaveLength(20);
    expect(total).toBe(300);
  });

  it('the whole name is the first hit, and a number that begins with it before one that contains it', async () => {
    expect((await hits('銘廣州')).hits[0]?.title).toBe('銘廣州');
    const { hits: numbered } = await hits('E0004');
    expect(numbered.map((hit) => hit.number).every((number) => number.startsWith('E0004'))).toBe(true);
  });

  it('a letter with which every number begins finds the names that begin with it first', async () => {
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: 'Evergreen 貿易' } });
    expect((await hits('E')).hits[0]?.title).toBe('Evergreen 貿易');
  });

  it('letters that stand within a reading, but where no syllable begins, keep no later hit from being shown', async () => {
    // “ngz” stands within “guangzhou” of 333 older cards and is part of none of their syllables.
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: 'NGZ 貿易' } });
    expect((await hits('ngz')).hits.map((hit) => hit.title)).toContain('NGZ 貿易');
    const { hits: gaozhou } = await hits('gaoz');
    expect(gaozhou.map((hit) => hit.title)).toEqual(['高州棧']);
  });

  it('a phone that many begin with: as many as are shown, and how many there are', async () => {
    const { hits: shown, total, many } = await hits('02-8844');
    expect(shown.map(({ matched }) => matched[0]?.field)).toEqual(Array.from({ length: 20 }, () => 'telephone'));
    expect({ total, many }).toEqual({ total: 300, many: true });
  });
});

describe('names with several readings (wish 12)', () => {
  it.each([
    ['重慶長安汽車', 'chongqingchangan', 'cqca'],
    ['重慶長安汽車', 'zhongqing', 'zq'],
    ['長樂五金', 'zhangle', 'zlwj'],
    ['單曉', 'shanxiao', 'sx'],
    ['曾重', 'zengzhong', 'zz'],
    ['音樂教室', 'yinyuejiaoshi', 'yyjs'],
    ['銀行家', 'yinhangjia', 'yhj'],
  ])('%s is found by %s and %s', (name, reading, initials) => {
    const known = readingsOfName(name);
    expect(known.full.some((full) => full.includes(reading))).toBe(true);
    expect(known.initials.some((one) => one.includes(initials))).toBe(true);
  });
  it('no name has more readings than the index keeps', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'重長樂行單曾發'), { minLength: 1, maxLength: 12 }), (characters) => {
        const { full } = readingsOfName(characters.join(''));
        expect(full.length).toBeGreaterThan(0);
        expect(full.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
