import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import {
  classify,
  type Classification,
  type Classified,
} from '../../../../server/domain/classification/classification.ts';
import { changesBetween, isChanged } from '../../../../server/domain/classification/reclassification.ts';
import { isStageFall } from '../../../../server/domain/classification/lifecycle.ts';
import { periodsOf } from '../../../../server/domain/deals/order-facts.ts';
import { isTierFall, type Tier } from '../../../../server/domain/classification/tier.ts';
import type { Stage } from '../../../../server/domain/classification/lifecycle.ts';
import { aClassified, aRun, factsWith } from '../../../support/a-classified.ts';

const FIRST_DAY = '2026-03-11';
const anyNight = fc.record({
  valueFen: fc.integer({ min: 0, max: 130_000 }),
  paidOrders: fc.nat(3),
  latestNps: fc.option(fc.integer({ min: 0, max: 10 })),
});
const anyNights = fc.array(anyNight, { minLength: 1, maxLength: 8 });

/** One account through night after night, with what each of them told. */
function live(nights: { valueFen: number; paidOrders: number; latestNps: number | null }[]) {
  let account: Classified = aClassified();
  return nights.map(({ valueFen, paidOrders, latestNps }, index) => {
    const run = aRun({ periods: periodsOf(addDays(FIRST_DAY, index), 12) });
    const facts = factsWith(valueFen, { latestNps });
    const given = { ...facts, orders: { ...facts.orders, paidOrders } };
    const before: Classification = account;
    const after = classify(account, given, run);
    account = { ...account, ...after };
    return { before, after, changes: changesBetween(before, after), given, run };
  });
}

describe('every change is an event: who/what/why/when', () => {
  it('the events of all nights, replayed one after the other, give what the account is now', () => {
    fc.assert(
      fc.property(anyNights, (nights) => {
        const lived = live(nights);
        const [first] = lived;
        if (!first) throw new Error('no night');
        const { tier, stage, valueClass } = first.after; // the first classification is told to nobody
        const is = { tier: String(tier), stage: String(stage), value_class: String(valueClass) };
        for (const { changes } of lived)
          for (const { kind, from, to } of changes) {
            expect(from).toBe(is[kind]);
            is[kind] = to;
          }
        const last = lived.at(-1)?.after;
        expect(is).toEqual({ tier: last?.tier, stage: last?.stage, value_class: last?.valueClass });
      }),
    );
  });

  it('is there just for what differs, once for each of the three, and carries the why of what then holds', () => {
    fc.assert(
      fc.property(anyNights, (nights) => {
        for (const { before, after, changes } of live(nights).slice(1)) {
          const differing = [
            before.tier !== after.tier && 'tier',
            before.stage !== after.stage && 'stage',
            before.valueClass !== after.valueClass && 'value_class',
          ].filter(Boolean);
          expect(changes.map(({ kind }) => kind)).toEqual(differing);
          const whys = { tier: after.tierWhy, stage: after.stageWhy, value_class: after.valueClassWhy };
          for (const { kind, why } of changes) expect(why).toBe(whys[kind]);
        }
      }),
    );
  });

  it('marks falls, and nothing else, so that warnings find them', () => {
    fc.assert(
      fc.property(anyNights, (nights) => {
        const falls = live(nights).flatMap(({ changes }) => changes);
        for (const { kind, from, to, isFall } of falls) {
          const expected = {
            tier: isTierFall(from as Tier, to as Tier),
            stage: kind === 'stage' && isStageFall(from as Stage, to as Stage),
            value_class: to === 'problem',
          };
          expect([kind, from, to, isFall]).toEqual([kind, from, to, expected[kind]]);
        }
      }),
    );
  });
});

describe('only what changed is written', () => {
  it('never twice for one night, and always when an event was told', () => {
    fc.assert(
      fc.property(anyNights, (nights) => {
        for (const { before, after, changes, given, run } of live(nights)) {
          expect(isChanged(after, classify({ ...aClassified(), ...after }, given, run))).toBe(false);
          expect(changes.length === 0 || isChanged(before, after)).toBe(true);
        }
      }),
    );
  });
});

describe('hysteresis', () => {
  it('never flips twice for one change: after it the same value stays, night after night', () => {
    fc.assert(
      fc.property(fc.nat(130_000), fc.nat(130_000), (beforeFen, afterFen) => {
        const night = { paidOrders: 2, latestNps: null };
        const nights = [beforeFen, beforeFen, afterFen, afterFen, afterFen, afterFen];
        const lived = live(nights.map((valueFen) => ({ ...night, valueFen })));
        const moves = lived.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'tier'));
        const directions = new Set(moves.map(({ from, to }) => isTierFall(from as Tier, to as Tier)));
        expect(directions.size).toBeLessThanOrEqual(1);
        expect(lived.at(-1)?.after.tier).toBe(lived.at(-2)?.after.tier);
        expect(lived.at(-1)?.after.tier).toBe(lived.at(-1)?.after.tierWhy?.freshTier);
      }),
    );
  });
});
