import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import {
  MILESTONE_STATES,
  milestoneState,
  openFen,
  type Milestone,
} from '../../../../server/domain/deals/contract.ts';

const today = '2026-03-11';
const aMilestone = (more: Partial<Milestone> = {}): Milestone => ({
  kind: 'delivery',
  dueOn: today,
  amountFen: 1000,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
  ...more,
});

describe('state planned / due / overdue / paid / written_off', () => {
  it.each([
    ['tomorrow', { dueOn: '2026-03-12' }, 'planned'],
    ['today', { dueOn: '2026-03-11' }, 'due'],
    ['yesterday', { dueOn: '2026-03-10' }, 'overdue'],
    ['yesterday, all but a fen', { dueOn: '2026-03-10', paidFen: 999 }, 'overdue'],
    ['yesterday, paid whole', { dueOn: '2026-03-10', paidFen: 1000 }, 'paid'],
    ['tomorrow, paid before', { dueOn: '2026-03-12', paidFen: 1000 }, 'paid'],
    ['yesterday, more than agreed', { dueOn: '2026-03-10', paidFen: 1001 }, 'paid'],
    ['yesterday, written off', { dueOn: '2026-03-10', isWrittenOff: true }, 'written_off'],
    ['written off after a part', { paidFen: 500, isWrittenOff: true }, 'written_off'],
  ] as const)('due %s: %j is %s', (_, more, state) => {
    expect(milestoneState(aMilestone(more), today)).toBe(state);
  });

  it.each([
    [{}, 1000],
    [{ paidFen: 1 }, 999],
    [{ paidFen: 1000 }, 0],
    [{ paidFen: 1500 }, 0],
    [{ isWrittenOff: true }, 0],
    [{ paidFen: 400, isWrittenOff: true }, 0],
  ])('%j leaves %d fen open', (more, fen) => {
    expect(openFen(aMilestone(more))).toBe(fen);
  });

  const anyMilestone = fc.record({
    kind: fc.constant('delivery' as const),
    dueOn: fc.integer({ min: -400, max: 400 }).map((days) => addDays(today, days)),
    amountFen: fc.integer({ min: 1, max: 1_000_000 }),
    paidFen: fc.nat(1_000_000),
    paidOn: fc.constant(null),
    isWrittenOff: fc.boolean(),
  });

  it('is one of the five, and something is open just while it is not settled', () => {
    fc.assert(
      fc.property(anyMilestone, (milestone) => {
        const state = milestoneState(milestone, today);
        expect(MILESTONE_STATES).toContain(state);
        expect(openFen(milestone) > 0).toBe(state !== 'paid' && state !== 'written_off');
      }),
    );
  });

  it('goes from planned to overdue as days pass, and never back without a payment', () => {
    const order = ['planned', 'due', 'overdue'];
    fc.assert(
      fc.property(anyMilestone, fc.nat(800), (milestone, days) => {
        const [now, later] = [today, addDays(today, days)].map((day) => milestoneState(milestone, day));
        const isSettled = now === 'paid' || now === 'written_off';
        const isLater = order.indexOf(later ?? '') >= order.indexOf(now ?? '');
        expect(isSettled ? later === now : isLater).toBe(true);
      }),
    );
  });
});
