import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closenessOverTime,
  kdmChanges,
  tidyKdm,
  withChanges,
  type FieldChange,
} from '../../../../server/domain/contacts/kdm-changes.ts';
import { CLOSENESS, EMPTY_KDM, type Kdm } from '../../../../server/domain/contacts/kdm.ts';

describe('what changed', () => {
  it('is told field by field, with before and after', () => {
    expect(
      kdmChanges({ title: '主管', level: 'staff' }, { title: '总监', level: 'staff', isTop: true }),
    ).toEqual([
      { field: 'title', from: '主管', to: '总监' },
      { field: 'isTop', from: null, to: true },
    ]);
  });

  it.each([
    [{}, { ...EMPTY_KDM }],
    [{ title: null }, { title: '  ' }],
    [{ methods: null }, { methods: [] }],
    [{ isTop: null }, { isTop: false }],
    [{ title: '总监' }, { title: ' 总监 ' }],
    [{ confirmedAt: new Date(0) }, { confirmedAt: new Date(1) }],
  ] as [Kdm, Kdm][])('is nothing between %o and %o', (from, to) => {
    expect(kdmChanges(from, to)).toEqual([]);
  });

  it('holds the whole list of ways of contact, also when only a day of verification changed', () => {
    const mobile = { kind: 'mobile' as const, value: '138' };
    const from = { methods: [mobile] };
    const to = { methods: [{ ...mobile, verifiedOn: '2026-03-11' }] };
    expect(kdmChanges(from, to)).toEqual([
      {
        field: 'methods',
        from: [{ ...mobile, verifiedOn: null }],
        to: [{ ...mobile, verifiedOn: '2026-03-11' }],
      },
    ]);
  });

  it('distinguishes “we know that they do not know us” from “nobody knows”', () => {
    expect(kdmChanges({ closeness: null }, { closeness: 'unknown' })).toHaveLength(1);
  });
});

it('keeps a way of contact in plain letters, trimmed', () => {
  const { methods } = tidyKdm({ methods: [{ kind: 'mobile', value: ' １３８００ ' }] });
  expect(methods).toEqual([{ kind: 'mobile', value: '13800', verifiedOn: null }]);
});

const text = fc.constantFrom(null, '', ' ', '总监', ' 总监', '采购部');
const anyKdm: fc.Arbitrary<Kdm> = fc.record({
  title: text,
  notes: text,
  closeness: fc.constantFrom(...CLOSENESS, null),
  isTop: fc.constantFrom(true, false, null),
  methods: fc.constantFrom(null, [], [{ kind: 'wechat', value: 'a' }], [{ kind: 'wechat', value: 'b' }]),
});

describe('for any two profiles', () => {
  it('the changes made to the one give the other', () => {
    fc.assert(
      fc.property(anyKdm, anyKdm, (from, to) => {
        const made = withChanges(tidyKdm(from), kdmChanges(from, to));
        expect(made).toEqual(tidyKdm(to));
        expect(kdmChanges(made, to)).toEqual([]);
      }),
    );
  });

  it('the way back is the same list turned round', () => {
    fc.assert(
      fc.property(anyKdm, anyKdm, (one, other) => {
        const back = kdmChanges(other, one).map(({ field, from, to }) => ({ field, from: to, to: from }));
        expect(back).toEqual(kdmChanges(one, other));
      }),
    );
  });
});

const step = (day: number, from: FieldChange['from'], to: FieldChange['to']) => ({
  at: new Date(Date.UTC(2026, 0, day)),
  changes: [{ field: 'closeness' as const, from, to }],
});

describe('closeness over time', () => {
  it('is one point while it never changed', () => {
    expect(closenessOverTime([], { closeness: 'regular' })).toEqual([{ since: null, closeness: 'regular' }]);
    expect(closenessOverTime([], {})).toEqual([{ since: null, closeness: null }]);
  });

  it('goes from what was before the first change to what holds now, in whatever order it is read', () => {
    const steps = [step(9, 'regular', 'close'), step(1, 'initial', 'regular')];
    const expected = [
      { since: null, closeness: 'initial' },
      { since: new Date(Date.UTC(2026, 0, 1)), closeness: 'regular' },
      { since: new Date(Date.UTC(2026, 0, 9)), closeness: 'close' },
    ];
    expect(closenessOverTime(steps, { closeness: 'close' })).toEqual(expected);
    expect(closenessOverTime(steps.toReversed(), { closeness: 'close' })).toEqual(expected);
  });

  it('does not invent what was before: who was unheard of was nothing', () => {
    expect(closenessOverTime([step(1, null, 'initial')], { closeness: 'initial' })[0]).toEqual({
      since: null,
      closeness: null,
    });
  });
});
