import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFilter } from '../src/query/filter.ts';
import { rootsOf } from '../src/query/condition.ts';
import { parseFindProjection, plainFields } from '../src/query/projection.ts';
import { Kept } from '../src/storage/kept.ts';
import { decode, encode, ObjectId } from '../src/values/bson.ts';
import { cutOut } from '../src/values/elements.ts';

const value = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 400 }),
  fc.constantFrom(
    null,
    true,
    /^a.*b$/i,
    new ObjectId('0123456789abcdef01234567'),
    new Date(5),
    Buffer.from('x'),
  ),
  fc.array(fc.string({ maxLength: 9 }), { maxLength: 5 }),
  fc.record({ inner: fc.integer(), 名: fc.string({ maxLength: 300 }) }),
);
const name = fc
  .oneof(fc.string({ maxLength: 6 }), fc.constantFrom('_id', '名称', '__proto__', 'a'))
  .filter(isName);
const doc = fc.dictionary(name, value, { maxKeys: 12 });

function isName(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

it('decodes some fields of a document as it would decode them in the whole', () => {
  fc.assert(
    fc.property(doc, fc.array(name), (fields, wanted) => {
      const bytes = encode({ ...fields, filler: 'x'.repeat(600) });
      const names = new Set(wanted);
      const whole = decode(bytes);
      const expected = Object.fromEntries(Object.entries(whole).filter(([key]) => names.has(key)));
      expect(Object.entries(new Kept(1, bytes).only(names))).toEqual(Object.entries(expected));
    }),
  );
});

it('decides a filter by the fields it names as by the whole document', () => {
  const field = fc.constantFrom('a', 'b', 'c');
  const test = fc.oneof(
    fc.integer({ min: -3, max: 3 }).map((least) => ({ $gt: least })),
    fc.integer({ min: -3, max: 3 }).map((other) => ({ $ne: other })),
    fc.constantFrom(null, 1, { $exists: false }, { $in: [1, null] }, { inner: 1 }),
  );
  const plain = { maxKeys: 2, noNullPrototype: true };
  const leaf = fc.dictionary(fc.oneof(field, fc.constant('a.inner')), test, plain);
  const filter = fc.oneof(
    leaf,
    fc.record({ $or: fc.array(leaf, { minLength: 1, maxLength: 2 }), b: test }, { noNullPrototype: true }),
    fc.record({ $nor: fc.array(leaf, { minLength: 1, maxLength: 2 }) }, { noNullPrototype: true }),
  );
  const small = fc.dictionary(
    field,
    fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ max: 2 }).map((inner) => ({ inner })),
      fc.constant(null),
    ),
  );
  fc.assert(
    fc.property(small, filter, (fields, wanted) => {
      const kept = new Kept(1, encode({ ...fields, filler: 'x'.repeat(600) }));
      const condition = parseFilter(wanted);
      const roots = rootsOf(condition);
      expect(roots).not.toBeNull();
      expect(condition.test(kept.only(roots ?? new Set()))).toBe(condition.test(kept.doc));
    }),
  );
});

it('cuts the fields of a plain projection out of the bytes as if it projected the document', () => {
  const field = name.filter((text) => text !== '' && !/[$.]/.test(text) && text !== '_id');
  const spec = fc
    .tuple(
      fc.array(field, { maxLength: 4 }),
      fc.constantFrom(0, 1, true, false),
      fc.constantFrom(0, 1, undefined),
    )
    .map(([names, way, id]) =>
      Object.fromEntries([...names.map((one) => [one, way]), ...(id === undefined ? [] : [['_id', id]])]),
    );
  fc.assert(
    fc.property(doc, spec, (fields, wanted) => {
      const bytes = encode({ _id: 1, ...fields });
      const project = parseFindProjection(wanted);
      const plain = plainFields(wanted);
      if (!project) return;
      expect(plain).not.toBeNull();
      const cut = cutOut(bytes, plain ?? { names: new Set(), keeps: true });
      expect(Object.entries(decode(cut))).toEqual(Object.entries(project(decode(bytes))));
    }),
  );
});

it.each([{ 'a.b': 1 }, { a: { $slice: 1 } }, { a: 1, b: 0 }, { a: '$b' }])('does not cut for %j', (spec) => {
  expect(plainFields(spec)).toBeNull();
});
