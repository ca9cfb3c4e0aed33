import { describe, expect, it } from 'vitest';
import {
  CUSTOM_KINDS,
  customFieldProblems,
  customProblems,
  DEFAULT_CUSTOM_FIELDS,
  shownCustom,
  type CustomField,
} from '../../../../server/domain/accounts/custom-field.ts';

const aField = (more: Partial<CustomField> = {}): CustomField => ({
  key: 'brand',
  label: '品牌',
  kind: 'text',
  choices: [],
  isRequired: false,
  ...more,
});
const choice = aField({ kind: 'choice', choices: ['直营', '加盟'] });
const fieldsOf = (problems: { field: string }[]) => problems.map(({ field }) => field);

it('knows text, number, date and choice, and has no field until somebody defines one', () => {
  expect(CUSTOM_KINDS).toEqual(['text', 'number', 'date', 'choice']);
  expect(DEFAULT_CUSTOM_FIELDS).toEqual([]);
});

describe('definitions', () => {
  it('are fine with a key of their own and a label', () => {
    expect(customFieldProblems([aField(), aField({ ...choice, key: 'shop_2' })])).toEqual([]);
  });

  it.each([
    ['Brand', ['0.key']],
    ['2brand', ['0.key']],
    ['品牌', ['0.key']],
    ['a.b', ['0.key']],
    ['$a', ['0.key']],
    ['', ['0.key']],
    ['a'.repeat(40), []],
    ['a'.repeat(41), ['0.key']],
  ])('with the key “%s”: %o', (key, fields) => {
    expect(fieldsOf(customFieldProblems([aField({ key })]))).toEqual(fields);
  });

  it('need a label', () => {
    expect(fieldsOf(customFieldProblems([aField({ label: ' ' })]))).toEqual(['0.label']);
  });

  it('may not share a key', () => {
    expect(customFieldProblems([aField(), aField()])).toEqual([
      { field: '1.key', message: expect.stringContaining('brand') },
    ]);
  });

  it.each([
    ['no choices', [], '至少'],
    ['a blank choice', ['直营', ' '], '不能为空'],
    ['a choice twice', ['直营', '直营'], '重复'],
    ['201 choices', Array.from({ length: 201 }, (_, index) => `${index}`), '200'],
  ])('of a choice with %s are refused', (_name, choices, part) => {
    expect(customFieldProblems([aField({ kind: 'choice', choices })])).toEqual([
      { field: '0.choices', message: expect.stringContaining(part) },
    ]);
  });

  it('of anything else have no choices', () => {
    expect(fieldsOf(customFieldProblems([aField({ choices: ['直营'] })]))).toEqual(['0.choices']);
  });

  it('are at most a hundred', () => {
    const many = Array.from({ length: 101 }, (_, index) => aField({ key: `f${index}` }));
    expect(customFieldProblems(many.slice(1))).toEqual([]);
    expect(fieldsOf(customFieldProblems(many))).toEqual(['']);
  });
});

describe('values', () => {
  it.each([
    ['text', '耐克', true],
    ['text', 7, false],
    ['text', 'x'.repeat(500), true],
    ['text', 'x'.repeat(501), false],
    ['number', 7.5, true],
    ['number', -3, true],
    ['number', '7', false],
    ['number', Number.POSITIVE_INFINITY, false],
    ['date', '2026-02-28', true],
    ['date', '2026-02-29', false],
    ['date', '2026-2-28', false],
    ['date', 20260228, false],
    ['choice', '直营', true],
    ['choice', '联营', false],
    ['choice', 1, false],
  ] as const)('of a %s: %s fits: %s', (kind, value, fits) => {
    const field = kind === 'choice' ? choice : aField({ kind });
    expect(fieldsOf(customProblems([field], { brand: value }))).toEqual(fits ? [] : ['brand']);
  });

  it.each([undefined, null, ''])('may be %s unless the field is required', (value) => {
    expect(customProblems([aField()], { brand: value })).toEqual([]);
    expect(customProblems([aField({ isRequired: true })], { brand: value })).toEqual([
      { field: 'brand', message: '品牌：必须填写' },
    ]);
  });

  it('take nought for an answer', () => {
    expect(customProblems([aField({ kind: 'number', isRequired: true })], { brand: 0 })).toEqual([]);
  });

  it('of a field that nobody defined are refused, not lost in silence', () => {
    expect(fieldsOf(customProblems([], { colour: 'red' }))).toEqual(['colour']);
  });

  it('say which choices there are', () => {
    expect(customProblems([choice], { brand: '联营' })[0]?.message).toContain('直营、加盟');
  });
});

it('hides what a removed field held, and shows it when the field is back', () => {
  const stored = { brand: '耐克', shops: 3 };
  const shops = aField({ key: 'shops', kind: 'number' });
  expect(shownCustom([shops], stored)).toEqual({ shops: 3 });
  expect(shownCustom([shops, aField()], stored)).toEqual({ shops: 3, brand: '耐克' });
  expect(shownCustom([aField({ key: 'other' })], stored)).toEqual({ other: null });
});
