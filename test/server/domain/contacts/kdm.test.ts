import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHAIN_GAPS,
  chainGaps,
  CLOSENESS,
  DECISION_ROLES,
  kdmCompleteness,
  kdmGaps,
  REQUIRED_FIELDS,
  type Kdm,
  type RequiredField,
} from '../../../../server/domain/contacts/kdm.ts';

/** What fills each required field. */
const FILLING: Record<RequiredField, Kdm> = {
  department: { department: '采购部' },
  title: { title: '采购总监' },
  level: { level: 'executive' },
  superior: { superiorId: 'wm-superior' },
  scope: { scope: '华东区设备采购' },
  authority: { authority: '年度框架合同' },
  method: { methods: [{ kind: 'mobile', value: '13800000000' }] },
  closeness: { closeness: 'regular' },
  decisionRole: { decisionRole: 'purchaser' },
};
const profileOf = (fields: readonly RequiredField[]): Kdm =>
  Object.assign({}, ...fields.map((field) => FILLING[field]));
const FULL = profileOf(REQUIRED_FIELDS);
const anyFields = fc.subarray([...REQUIRED_FIELDS]);

describe('the gaps of a profile', () => {
  it('are all nine fields, in the order to ask, when nobody knows anything', () => {
    expect(kdmGaps({})).toEqual([
      'department',
      'title',
      'level',
      'superior',
      'scope',
      'authority',
      'method',
      'closeness',
      'decisionRole',
    ]);
  });

  it('are none in a full profile', () => {
    expect(kdmGaps(FULL)).toEqual([]);
  });

  it.each(REQUIRED_FIELDS)('name %s when it alone is missing', (field) => {
    expect(kdmGaps(profileOf(REQUIRED_FIELDS.filter((other) => other !== field)))).toEqual([field]);
  });

  it.each([
    ['department', { department: null }],
    ['department', { department: '' }],
    ['title', { title: null }],
    ['title', { title: '' }],
    ['level', { level: null }],
    ['superior', { superiorId: null }],
    ['superior', { superiorId: '' }],
    ['superior', { superiorId: null, isTop: false }],
    ['scope', { scope: null }],
    ['scope', { scope: '' }],
    ['authority', { authority: null }],
    ['authority', { authority: '' }],
    ['method', { methods: null }],
    ['method', { methods: [] }],
    ['closeness', { closeness: null }],
    ['closeness', { closeness: 'unknown' }],
    ['decisionRole', { decisionRole: null }],
  ] as const)('name %s in a full profile with %o', (field, emptied) => {
    const kdm: Kdm = {
      ...FULL,
      ...emptied,
      methods: 'methods' in emptied ? null : [...(FULL.methods ?? [])],
    };
    expect(kdmGaps(kdm)).toEqual([field]);
  });

  it.each(CLOSENESS.filter((closeness) => closeness !== 'unknown'))(
    'take %s for a known closeness',
    (closeness) => {
      expect(kdmGaps({ ...FULL, closeness })).toEqual([]);
    },
  );

  it.each(DECISION_ROLES)('take %s for a decision role', (decisionRole) => {
    expect(kdmGaps({ ...FULL, decisionRole })).toEqual([]);
  });

  it('need no superior from who is at the top', () => {
    expect(kdmGaps({ ...FULL, superiorId: null, isTop: true })).toEqual([]);
  });

  it.each(['mobile', 'wechat', 'email', 'other'] as const)(
    'are closed by one way of contact, such as %s',
    (kind) => {
      expect(kdmGaps({ ...FULL, methods: [{ kind, value: 'somebody', verifiedOn: null }] })).toEqual([]);
    },
  );

  it('do not ask for what is not required', () => {
    const extras: Kdm = { budget: null, guideLevel: null, style: null, birthday: null, notes: null };
    expect(kdmGaps({ ...FULL, ...extras })).toEqual([]);
  });
});

describe('completeness = filled required fields ÷ required fields, in %', () => {
  it.each([
    [0, 0],
    [1, 11],
    [2, 22],
    [3, 33],
    [4, 44],
    [5, 55],
    [6, 66],
    [7, 77],
    [8, 88],
    [9, 100],
  ])('with %d of 9 fields is %d %%', (count, percent) => {
    expect(kdmCompleteness(profileOf(REQUIRED_FIELDS.slice(0, count)))).toBe(percent);
  });

  it('is not raised by what is not required', () => {
    expect(kdmCompleteness({ budget: 'final', style: '稳重', birthday: '1980-01-01', notes: '喜欢茶' })).toBe(
      0,
    );
  });

  it('is 100 only when nothing is missing, and counts the same in any order', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const kdm = profileOf(fields);
        expect(kdmCompleteness(kdm) === 100).toBe(kdmGaps(kdm).length === 0);
        expect(kdmCompleteness(kdm)).toBe(Math.floor((fields.length * 100) / 9));
        expect(kdmGaps(kdm)).toEqual(REQUIRED_FIELDS.filter((field) => !fields.includes(field)));
      }),
    );
  });

  it('never falls when a field is filled', () => {
    fc.assert(
      fc.property(anyFields, fc.constantFrom(...REQUIRED_FIELDS), (fields, field) => {
        const before = profileOf(fields);
        expect(kdmCompleteness({ ...before, ...FILLING[field] })).toBeGreaterThanOrEqual(
          kdmCompleteness(before),
        );
      }),
    );
  });
});

describe('the decision chain: final say, purchaser, user, technical gatekeeper, each regular or better', () => {
  const boss: Kdm = { budget: 'final', closeness: 'regular' };
  const purchaser: Kdm = { decisionRole: 'purchaser', closeness: 'regular' };
  const user: Kdm = { decisionRole: 'user', closeness: 'close' };
  const engineer: Kdm = { decisionRole: 'technical', closeness: 'regular' };
  const chain = [boss, purchaser, user, engineer];

  it('lacks everything at an account without contacts', () => {
    expect(chainGaps([])).toEqual([...CHAIN_GAPS]);
  });

  it('is complete with a final say, a purchaser, a user and a technical gatekeeper', () => {
    expect(chainGaps(chain)).toEqual([]);
  });

  it.each([
    ['final_say', boss],
    ['purchaser', purchaser],
    ['user', user],
    ['technical', engineer],
  ])('names %s when nobody holds it', (gap, holder) => {
    expect(chainGaps(chain.filter((kdm) => kdm !== holder))).toEqual([gap]);
  });

  it.each([
    ['close', []],
    ['regular', []],
    ['initial', ['final_say']],
    ['unknown', ['final_say']],
    [null, ['final_say']],
  ] as const)('at closeness %s, who has the final say leaves the gaps %j', (closeness, gaps) => {
    expect(chainGaps([{ budget: 'final', closeness }, purchaser, user, engineer])).toEqual(gaps);
  });

  it.each(['none', 'recommends', 'approves_up_to', null] as const)(
    'budget authority %s is no final say',
    (budget) => {
      expect(chainGaps([{ ...boss, budget, budgetUpToFen: 1_000_000 }, purchaser, user, engineer])).toEqual([
        'final_say',
      ]);
    },
  );

  it('lets one person hold the money and a role, but not two roles', () => {
    expect(chainGaps([{ ...purchaser, budget: 'final' }, user, engineer])).toEqual([]);
    expect(chainGaps([{ ...purchaser, budget: 'final' }])).toEqual(['user', 'technical']);
  });

  it.each(['finance', 'supply_chain', 'quality', 'supervisor', 'guide'] as const)(
    'is not furthered by a %s',
    (decisionRole) => {
      expect(chainGaps([{ decisionRole, closeness: 'close' }])).toEqual([...CHAIN_GAPS]);
    },
  );

  const anyKdm: fc.Arbitrary<Kdm> = fc.record({
    budget: fc.constantFrom('none', 'approves_up_to', 'final', null),
    closeness: fc.constantFrom(...CLOSENESS, null),
    decisionRole: fc.constantFrom(...DECISION_ROLES, null),
  });

  it('never loses a link by knowing one more person, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyKdm, { maxLength: 6 }), anyKdm, (contacts, more) => {
        const gaps = chainGaps(contacts);
        expect(chainGaps(contacts.toReversed())).toEqual(gaps);
        expect(gaps).toEqual(expect.arrayContaining(chainGaps([...contacts, more])));
      }),
    );
  });
});
