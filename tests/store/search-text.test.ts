import { describe, expect, it } from 'vitest';
import { foldForSearch, indexText, matchOf, readingsOfName, searchQuery } from '../../electron/store/search-text.ts';

describe('text as the index sees it', () => {
  it('folds Traditional, full-width and capital letters alike on both sides', () => {
    expect(foldForSearch('臺北ＡＢＣ後')).toBe('台北abc后');
    expect(foldForSearch('ABC-12')).toBe('abc-12');
    expect(foldForSearch('𠮷田')).toBe('𠮷田');
  });

  it('cuts Chinese into pairs and everything else into triples, never across a break', () => {
    expect(indexText('永昌五金')).toBe('永昌 昌五 五金 金');
    expect(indexText('E0123')).toBe('e01 012 123 23 3');
    expect(indexText('永昌,五金')).toBe('永昌 昌 zzzzbreak 五金 金');
    expect(indexText('02-234')).toBe('022 223 234 34 4');
    expect(indexText('')).toBe('');
  });

  it('a name of two words is found whole and by its words', () => {
    expect(indexText('ab cde').split(' zzzzbreak ')).toEqual(['abc bcd cde de e', 'ab b', 'cde de e']);
  });

  it('asks for every word; Latin words also as a reading', () => {
    expect(searchQuery('永昌')).toBe('{name body} : "永昌"');
    expect(searchQuery('永')).toBe('{name body} : "永"*');
    expect(searchQuery('yong')).toBe('"yon ong"');
    expect(searchQuery('yong', 'surely')).toBe('{name body initials} : "yon ong"');
    expect(searchQuery('E07')).toBe('{name body} : "e07"');
    expect(searchQuery(' ，')).toBeUndefined();
  });

  it('keeps several readings of one character', () => {
    const { full, initials } = readingsOfName('長樂');
    expect(full).toEqual(expect.arrayContaining(['changle', 'zhangle']));
    expect(initials).toEqual(expect.arrayContaining(['cl', 'zl']));
    expect(matchOf('長樂五金', '长乐', true)).toBe('folded');
    expect(matchOf('長樂五金', 'changle', true)).toBe('pinyin');
    expect(matchOf('長樂五金', 'clwj', true)).toBe('initials');
  });
});
