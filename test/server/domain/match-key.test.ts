import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchKey, numberKey } from '../../../server/domain/match-key.ts';

const INVISIBLE = [
  0xad, 0x34f, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
  0x2060, 0x2061, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
  0xe0001, 0xe0100,
];

describe('what two names differ in and are yet one', () => {
  it.each(INVISIBLE)('the invisible character U+%i', (code) => {
    const hidden = String.fromCodePoint(code);
    for (const text of [`苏州${hidden}制造`, `${hidden}苏州制造`, `苏州制造${hidden}${hidden}`])
      expect([matchKey(text), numberKey(text)]).toEqual(['苏州制造', '苏州制造']);
  });

  it.each([
    ['full-width letters', 'ＡＣＭＥ', 'acme'],
    ['full-width figures', '３６５在线', '365在线'],
    ['full-width brackets', '恒通（上海）有限公司', '恒通(上海)有限公司'],
    ['square brackets', '恒通【上海】有限公司', '恒通(上海)有限公司'],
    ['shell brackets', '恒通〔上海〕', '恒通（上海）'],
    ['ASCII square brackets', '恒通[上海]', '恒通【上海】'],
    ['capitals', 'Acme LTD', 'ACME ltd'],
    ['a sharp s', 'STRASSE', 'Straße'],
    ['a capital sharp s', 'STRAẞE', 'Straße'],
    ['blanks within', '恒通 机械', '恒通机械'],
    ['an ideographic blank', '恒通\u3000机械', '恒通机械'],
    ['tabs and line ends around', '\t恒通机械\n', '恒通机械'],
    ['a control character', '恒通\u0000机械\u0007', '恒通机械'],
    ['a ligature', 'ﬁrst', 'first'],
    ['an accent written apart', 'Cafe\u0301', 'Café'],
    ['an accent behind something invisible', 'Cafe\u200b\u0301', 'Café'],
    ['half-width kana', 'ｶﾞ', 'ガ'],
  ])('%s', (_, one, other) => {
    expect(matchKey(one)).toBe(matchKey(other));
  });

  it.each([
    ['恒通机械', '恒通机电'],
    ['恒通(上海)', '恒通(北京)'],
    ['恒通', '恒通机械'],
    ['苏州·制造', '苏州制造'],
    ['A_B', 'AB'],
    ['👨‍👩‍👧', '👨👩👧'],
    ['☎️', '☎'],
    ['👍🏽', '👍'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ])('but %s and %s stay two', (one, other) => {
    expect(matchKey(one)).not.toBe(matchKey(other));
  });

  it('a joiner behind an emoji that joins nothing', () => {
    expect(matchKey('🚀\u200d科技')).toBe(matchKey('🚀科技'));
  });

  it.each(['\u200b', ' \u3000', '\ufeff\u00ad', '\u0000'])('nothing that can be seen is no name', (text) => {
    expect(matchKey(text)).toBe('');
  });
});

it('capitals count in numbers of other systems, and width does not', () => {
  expect(numberKey('ＳＯ－2026／０１')).toBe('SO-2026/01');
  expect(numberKey('a0B')).not.toBe(numberKey('a0b'));
});

/** The long way to the key, and the short one. */
function expectSame(name: string): void {
  expect(numberKey(`\u200b${name}`)).toBe(numberKey(name));
}

describe('for any text', () => {
  const text = fc.string({ unit: 'binary' });

  it('a key is its own key', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(matchKey(matchKey(name))).toBe(matchKey(name));
        expect(numberKey(numberKey(name))).toBe(numberKey(name));
      }),
    );
  });

  it('is the same with something invisible before it', () => {
    const ideographs = Array.from({ length: 0xa000 - 0x4e00 }, (_, at) => String.fromCodePoint(0x4e00 + at));
    const ascii = Array.from({ length: 0x80 }, (_, at) => String.fromCodePoint(at));
    for (const letter of [...ascii, ideographs.join('')]) expectSame(letter);
    fc.assert(fc.property(text, expectSame));
  });

  it('capitals do not change the key of a name', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(matchKey(name.toUpperCase())).toBe(matchKey(name));
      }),
    );
  });

  it('something invisible between letters does not change the key', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'恒通机械aBcXyZ019()（）【】') });
    fc.assert(
      fc.property(letters, fc.constantFrom(...INVISIBLE), (name, code) => {
        expect(matchKey([...name].join(String.fromCodePoint(code)))).toBe(matchKey(name));
      }),
    );
  });
});
