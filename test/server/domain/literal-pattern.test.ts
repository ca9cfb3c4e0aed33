import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { literalPattern } from '../../../server/domain/literal-pattern.ts';
import { compileRegex } from '../../../server/embedded-db/query/regex.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\\^$.|?*+()[]{}-/#_（）·，\n'),
    fc.constant('A'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

it('matches just the text it was made of, in JavaScript and in the embedded database', () => {
  fc.assert(
    fc.property(text, text, (wanted, other) => {
      const found = `^${literalPattern(wanted)}$`;
      expect(new RegExp(found, 'u').test(wanted)).toBe(true);
      expect(compileRegex(found).test(wanted)).toBe(true);
      expect(compileRegex(literalPattern(wanted)).test(other)).toBe(other.includes(wanted));
    }),
  );
});

it('escapes only what means something in a pattern', () => {
  expect(literalPattern('苏州（中国）·，A_B-c/d 😀')).toBe('苏州（中国）·，A_B-c/d 😀');
  expect(literalPattern('a.b(c)[d]{e}^$|?*+\\')).toBe(String.raw`a\.b\(c\)\[d\]\{e\}\^\$\|\?\*\+\\`);
});
