import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gainsOf,
  UNDO_DAYS,
  undoUntil,
  type Gain,
  type Mergeable,
} from '../../../../server/domain/accounts/account-merge.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
const TODAY = '2026-03-11';
const pin = { value: 'head', reason: '年度框架', by: 'lena', at: at(1), expiresOn: '2026-12-31' };

const anAccount = (more: Partial<Mergeable> = {}): Mergeable => ({
  _id: 'into',
  industry: '',
  region: '',
  size: '',
  ownerId: null,
  deputyId: null,
  pooledAt: null,
  heirId: null,
  heirAcceptedBy: null,
  knownSince: at(5),
  tierPin: null,
  stagePin: null,
  strategicMark: null,
  potentialScore: null,
  sharePercent: null,
  source: null,
  referredById: null,
  custom: {},
  lastTouchAt: null,
  promisedOn: null,
  newContactAt: null,
  detractorAt: null,
  ...more,
});
const gained = (into: Partial<Mergeable>, from: Partial<Mergeable>) =>
  Object.fromEntries(
    gainsOf(anAccount(into), anAccount({ _id: 'from', ...from }), TODAY).map(({ field, after }) => [
      field,
      after,
    ]),
  );

/** The account with the gains written into it. */
function after(account: Mergeable, gains: readonly Gain[]): Mergeable {
  const custom = { ...account.custom };
  const fields: Record<string, unknown> = { ...account };
  for (const { field, after: value } of gains) {
    if (field.startsWith('custom.')) custom[field.slice('custom.'.length)] = value;
    else fields[field] = value;
  }
  return { ...account, ...fields, custom };
}

it('can be taken back for 30 days', () => {
  expect(UNDO_DAYS).toBe(30);
  expect(undoUntil(at(1))).toEqual(at(31));
});

describe('the account that stays', () => {
  it.each(['industry', 'region', 'size'] as const)('keeps its %s, and gets one when it has none', (field) => {
    expect(gained({ [field]: '甲' }, { [field]: '乙' })).toEqual({});
    expect(gained({}, { [field]: '乙' })).toEqual({ [field]: '乙' });
  });

  it('keeps its own score of nought', () => {
    expect(gained({ potentialScore: 0 }, { potentialScore: 80 })).toEqual({});
    expect(gained({}, { potentialScore: 0 })).toEqual({ potentialScore: 0 });
  });

  it.each(['tierPin', 'stagePin', 'strategicMark'] as const)(
    'keeps its %s, and gets one when it has none',
    (field) => {
      expect(gained({ [field]: pin }, { [field]: { ...pin, reason: '另一个' } })).toEqual({});
      expect(gained({}, { [field]: pin })).toEqual({ [field]: pin });
    },
  );

  it.each([
    ['ended yesterday', '2026-03-10', true],
    ['ends today', '2026-03-11', false],
  ])('takes a pin that %s for none: %#', (...[, expiresOn, isOver]) => {
    const ours = { ...pin, reason: '旧的', expiresOn };
    expect(gained({ tierPin: ours }, { tierPin: pin })).toEqual(isOver ? { tierPin: pin } : {});
    expect(gained({}, { stagePin: ours })).toEqual(isOver ? {} : { stagePin: ours });
    expect(gained({ strategicMark: ours }, {})).toEqual({});
  });

  it('tells of the pin that was over, so that it comes back when the merge is taken back', () => {
    const ours = { ...pin, expiresOn: '2026-03-10' };
    const gains = gainsOf(anAccount({ tierPin: ours }), anAccount({ _id: 'from', tierPin: pin }), TODAY);
    expect(gains).toEqual([{ field: 'tierPin', before: ours, after: pin }]);
  });

  it('lets its own values of custom fields win, and fills what it lacks', () => {
    expect(gained({ custom: { a: 1, b: '' } }, { custom: { a: 2, b: 'x', c: 0, d: null } })).toEqual({
      'custom.b': 'x',
      'custom.c': 0,
    });
  });

  it('is known since the earlier day of the two', () => {
    expect(gained({ knownSince: at(5) }, { knownSince: at(4) })).toEqual({ knownSince: at(4) });
    expect(gained({ knownSince: at(5) }, { knownSince: at(6) })).toEqual({});
  });

  it('counts the latest touch of both, and the earliest promise', () => {
    const later = { lastTouchAt: at(9), promisedOn: '2026-03-20' };
    const earlier = { lastTouchAt: at(8), promisedOn: '2026-03-12' };
    expect(gained(earlier, later)).toEqual({ lastTouchAt: at(9) });
    expect(gained(later, earlier)).toEqual({ promisedOn: '2026-03-12' });
  });

  it('keeps its owner; without one it gets the other’s and leaves the pool', () => {
    expect(gained({ ownerId: 'anna' }, { ownerId: 'ben' })).toEqual({});
    const pooled = { pooledAt: at(7), heirId: 'carl', heirAcceptedBy: 'lena' };
    const owned = { ownerId: 'ben', pooledAt: null, heirId: null, heirAcceptedBy: null };
    expect(gained(pooled, { ownerId: 'ben' })).toEqual(owned);
    expect(gained(pooled, {})).toEqual({});
  });

  it('gets the other’s deputy, unless that is its owner', () => {
    expect(gained({ ownerId: 'anna' }, { deputyId: 'ben' })).toEqual({ deputyId: 'ben' });
    expect(gained({ ownerId: 'ben' }, { deputyId: 'ben' })).toEqual({});
    expect(gained({ ownerId: 'anna', deputyId: 'carl' }, { deputyId: 'ben' })).toEqual({});
  });

  it('never recommends itself', () => {
    expect(gained({}, { referredById: 'third' })).toEqual({ referredById: 'third' });
    expect(gained({}, { referredById: 'into' })).toEqual({});
    expect(gained({ referredById: 'from' }, {})).toEqual({ referredById: null });
    expect(gained({ referredById: 'third' }, { referredById: 'fourth' })).toEqual({});
  });
});

it('tells what was there before, so that it can be taken back', () => {
  expect(gainsOf(anAccount(), anAccount({ _id: 'from', industry: '电子', custom: { a: 1 } }), TODAY)).toEqual(
    [
      { field: 'industry', before: '', after: '电子' },
      { field: 'custom.a', before: null, after: 1 },
    ],
  );
});

it('gains nothing a second time, whatever the two are', () => {
  const date = fc.option(fc.integer({ min: 1, max: 9 }).map(at));
  const text = fc.constantFrom('', '甲', '乙');
  const staff = fc.option(fc.constantFrom('anna', 'ben'));
  const fields = fc.record({
    industry: text,
    region: text,
    ownerId: staff,
    deputyId: staff,
    pooledAt: date,
    heirId: staff,
    potentialScore: fc.option(fc.nat(100)),
    knownSince: fc.integer({ min: 1, max: 9 }).map(at),
    referredById: fc.option(fc.constantFrom('into', 'from', 'third')),
    custom: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(text, fc.integer(), fc.constant(null))),
    lastTouchAt: date,
    promisedOn: fc.option(fc.constantFrom('2026-03-12', '2026-03-20')),
    newContactAt: date,
    detractorAt: date,
    tierPin: fc.option(
      fc.constantFrom('2026-03-10', '2026-03-11').map((expiresOn) => ({ ...pin, expiresOn })),
    ),
  });
  fc.assert(
    fc.property(fields, fields, (left, right) => {
      const [into, from] = [anAccount(left), anAccount({ ...right, _id: 'from' })];
      expect(gainsOf(after(into, gainsOf(into, from, TODAY)), from, TODAY)).toEqual([]);
    }),
  );
});
