import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import type { WarningRelation } from '../../../../server/domain/warnings/facts.ts';
import { findWarnings } from '../../../../server/domain/warnings/find-warnings.ts';
import { WARNING_KINDS } from '../../../../server/domain/warnings/kinds.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import { aWatch, facts, noon } from '../../../support/a-watch.ts';

const today = '2026-03-11';
const anyDay = fc.integer({ min: -60, max: 60 }).map((days) => addDays(today, days));
const anyRelation: fc.Arbitrary<WarningRelation> = fc.record({
  staffId: fc.constantFrom('anna', 'ben'),
  externalUserId: fc.constantFrom('wm1', 'wm2'),
  followedAt: fc.constant(noon('2025-06-02')),
  lostAt: fc.option(fc.integer({ min: -60, max: 0 }).map((days) => noon(addDays(today, days)))),
  lostBy: fc.constantFrom(
    'by_staff' as const,
    'by_contact' as const,
    'transferred' as const,
    'gone' as const,
  ),
});
const anyRelations = fc.uniqueArray(anyRelation, {
  selector: ({ staffId, externalUserId }) => `${staffId}:${externalUserId}`,
});
const anyOrder = fc.record({
  amountFen: fc.integer({ min: 1, max: 1_000_000 }),
  refundedFen: fc.constantFrom(0, 1),
  paidOn: fc.integer({ min: -800, max: 5 }).map((days) => addDays(today, days)),
});
const anyFacts = fc
  .record({
    tier: fc.constantFrom(...TIERS),
    dueOn: fc.option(anyDay),
    relations: anyRelations,
    isKey: fc.boolean(),
    orders: fc.array(anyOrder, { maxLength: 6 }),
    complaints: fc.array(
      fc.record({
        _id: fc.constantFrom('k1', 'k2'),
        externalUserId: fc.constantFrom('wm1', null),
        openedAt: fc.integer({ min: -9, max: 1 }).map((days) => noon(addDays(today, days))),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ tier, dueOn, isKey, ...more }) =>
    facts(
      { tier, dueOn },
      {
        ...more,
        contacts: ['wm1', 'wm2'].map((_id) => ({
          _id,
          name: _id,
          kdm: isKey ? { decisionRole: 'purchaser' as const } : {},
        })),
      },
    ),
  );
const watch = aWatch();
const kindsOf = (given: ReturnType<typeof facts>) => findWarnings(given, watch).map(({ kind }) => kind);

it('an overdue follow-up is told of once: as overdue, or at high risk, never as both', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const late = kindsOf(given).filter((kind) => kind.startsWith('follow_up'));
      expect(late.length).toBeLessThanOrEqual(1);
    }),
  );
});

it('every lost relation is told of once at most, and one that was handed over never', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const found = findWarnings(given, watch, ['contact_left', 'contact_deleted', 'kdm_left']);
      for (const { staffId, externalUserId, lostAt, lostBy } of given.relations) {
        const about = found.filter(({ subject }) =>
          [externalUserId, `${staffId}:${externalUserId}`].includes(subject),
        );
        const single = about.filter(({ subject }) => subject !== externalUserId);
        expect(single.length).toBeLessThanOrEqual(1);
        expect(single.length > 0 && about.length > 1).toBe(false);
        expect(single.length > 0 && (!lostAt || lostBy === 'transferred' || lostBy === 'gone')).toBe(false);
      }
    }),
  );
});

/** What came in from one day to another, refunds taken off. */
const sum = (given: ReturnType<typeof facts>, from: string, to: string) =>
  given.orders
    .filter(({ paidOn }) => paidOn >= from && paidOn <= to)
    .reduce((fen, { amountFen, refundedFen }) => fen + amountFen - (refundedFen ?? 0), 0);

it('revenue fell: just when what came in is at most 70 % of the same period a year before', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const now = sum(given, '2025-03-12', today);
      const before = sum(given, '2024-03-12', '2025-03-11');
      expect(kindsOf(given).includes('revenue_fell')).toBe(before > 0 && now * 10 <= before * 7);
    }),
  );
});

it('each finding has words, a subject and a why in plain values; none is found on a rule that is off', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...WARNING_KINDS), (given, kind) => {
      for (const { text, subject, inputs, boundary } of findWarnings(given, watch)) {
        expect(text).toMatch(/[一-鿿]/);
        expect(text).not.toMatch(/undefined|null|NaN/);
        expect(subject).not.toBe('');
        expect(JSON.parse(JSON.stringify({ inputs, boundary }))).toEqual({ inputs, boundary });
      }
      const { settings } = watch;
      const off = { ...settings.rules, [kind]: { ...settings.rules[kind], isOn: false } };
      const rest = findWarnings(given, aWatch({ settings: { ...settings, rules: off } }));
      expect(rest).toEqual(findWarnings(given, watch).filter((each) => each.kind !== kind));
    }),
  );
});
