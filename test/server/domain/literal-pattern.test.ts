import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { literalPattern } from '../../../server/domain/literal-pattern.ts';
import { aDatabase, databaseAt } from '../../support/a-database.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\\^$.|?*+()[]{}-/#_（）·，\n'),
    fc.constant('A'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

it('matches just the text it was made of, in JavaScript', () => {
  fc.assert(
    fc.property(text, text, (wanted, other) => {
      expect(new RegExp(`^${literalPattern(wanted)}$`, 'u').test(wanted)).toBe(true);
      expect(new RegExp(literalPattern(wanted), 'u').test(other)).toBe(other.includes(wanted));
    }),
  );
});

it('matches just the text it was made of, in the database', async () => {
  const { uri, drop } = aDatabase();
  onTestFinished(drop);
  const texts = databaseAt(uri).collection<{ _id: number; text: string }>('texts');
  const all = fc.sample(text, 60);
  await texts.insertMany(all.map((each, index) => ({ _id: index, text: each })));
  for (const wanted of all) {
    const found = await texts.find({ text: { $regex: `^${literalPattern(wanted)}$` } }).toArray();
    // `$` also stands before a last line break.
    const same = all.filter((each) => each === wanted || each === `${wanted}\n`);
    expect(found.map((each) => each.text).toSorted()).toEqual(same.toSorted());
  }
});

it('escapes only what means something in a pattern', () => {
  expect(literalPattern('苏州（中国）·，A_B-c/d 😀')).toBe('苏州（中国）·，A_B-c/d 😀');
  expect(literalPattern('a.b(c)[d]{e}^$|?*+\\')).toBe(String.raw`a\.b\(c\)\[d\]\{e\}\^\$\|\?\*\+\\`);
});
