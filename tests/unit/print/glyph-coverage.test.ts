import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packagedFontPaths, readFontChain } from '../../../electron/print/fonts.ts';
import { replaceMissing } from '../../../electron/print/glyph-coverage.ts';
import { PRINT_LABELS } from '../../../electron/print/print-labels.ts';

const fonts = readFontChain(packagedFontPaths());

describe('font chain', () => {
  test('Noto Serif TC, then SC', () => {
    expect(fonts.families).toEqual(['Noto Serif TC', 'Noto Serif SC']);
  });

  test('has Traditional and Simplified characters, digits and accents; has no emoji, Arabic, Thai, Hangul', () => {
    const has = (text: string) => [...text].map((char) => fonts.covers(char.codePointAt(0) ?? 0));
    expect(has('檔案档案们客戶々〇Éé1–')).not.toContain(false);
    expect(has('𫢺😀عไ한')).not.toContain(true);
  });

  test('has every character of our own labels', () => {
    const missing = replaceMissing(PRINT_LABELS, fonts.covers).missing;
    expect(missing).toEqual([]);
  });
});

describe('characters that no font has', () => {
  test('are replaced by their code point and reported with their place', () => {
    const { data, missing } = replaceMissing(
      { name: '𫢺小明', notes: ['好😀', '好'], count: 3, none: null },
      fonts.covers,
    );
    expect(data).toEqual({ name: '〔U+2B8BA〕小明', notes: ['好〔U+1F600〕', '好'], count: 3, none: null });
    expect(missing).toEqual([
      { char: '𫢺', codePoint: 'U+2B8BA', where: 'name' },
      { char: '😀', codePoint: 'U+1F600', where: 'notes.0' },
    ]);
  });

  test('are reported once a place, however often they stand there', () => {
    expect(replaceMissing({ a: '𫢺𫢺' }, fonts.covers).missing).toHaveLength(1);
  });

  test('also controls, private characters, half surrogates; a byte order mark goes away', () => {
    const { data } = replaceMissing('a\u0007b\ue000c\ud800d\ufeffe', fonts.covers);
    expect(data).toBe('a〔U+0007〕b〔U+E000〕c〔U+D800〕de');
  });

  test('variants of a character (Unicode selectors) and joiners stay', () => {
    expect(replaceMissing('葛\u{e0100}a\u200db', fonts.covers).data).toBe('葛\u{e0100}a\u200db');
  });

  test('whatever the text, what is left is well formed and can be replaced no further', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = replaceMissing(text, fonts.covers).data;
        expect(once.isWellFormed()).toBe(true);
        expect(replaceMissing(once, fonts.covers)).toEqual({ data: once, missing: [] });
      }),
    );
  });
});

describe('labels', () => {
  test('are the same in all three languages, with the same places for values', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    const reference = Object.keys(PRINT_LABELS['zh-Hant']);
    for (const language of ['zh-Hans', 'en'] as const) {
      expect(Object.keys(PRINT_LABELS[language])).toEqual(reference);
      for (const key of reference.filter((name) => !name.startsWith('print.date.'))) {
        expect(places(PRINT_LABELS[language][key] ?? ''), key).toEqual(places(PRINT_LABELS['zh-Hant'][key] ?? ''));
      }
    }
  });
});
