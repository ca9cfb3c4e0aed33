import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DUE_REASONS, type Touched } from '../../../server/domain/cadence/cadence.ts';
import { cadenceReport } from '../../../server/domain/cadence/view.ts';
import { CADENCE, CADENCE_TONE } from '../../../sidebar/parts/cadence-texts.ts';

const place = { timeZone: 'Asia/Shanghai' };
const now = new Date('2026-03-11T04:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const someDays = fc.option(fc.integer({ min: 0, max: 40 }).map(ago));
const anyTouched: fc.Arbitrary<Touched> = fc.record({
  tier: fc.constantFrom('head', 'tail'),
  stage: fc.constant('repeat'),
  knownSince: fc.constant(ago(60)),
  lastTouchAt: someDays,
  promisedOn: fc.option(fc.constantFrom('2026-03-09', '2026-03-11', '2026-03-12', '2026-04-20')),
  askedAt: someDays,
  newContactAt: someDays,
  detractorAt: someDays,
});
const shown = (touched: Touched) => cadenceReport(touched, now, place);

describe('what the card of an account says', () => {
  it('has one headline, and nothing below it contradicts it', () => {
    fc.assert(
      fc.property(anyTouched, (touched) => {
        const cadence = shown(touched);
        const headline = CADENCE.state(cadence);
        const kinds = [/太早/, /逾期/, /等您/, /^今天/, /节奏正常|约好了/, /还没联系过$/].filter((each) =>
          each.test(headline),
        );
        expect([headline, kinds.length]).toEqual([headline, 1]);
        const isLate = cadence.owed.some(({ overdueWorkingDays }) => overdueWorkingDays > 0);
        expect(/逾期/.test(headline)).toBe(isLate);
        const isOnlyRhythm = cadence.owed.every(({ reason }) => reason === 'interval');
        const isQuiet = /太早|节奏正常/.test(headline);
        expect([isQuiet && !isOnlyRhythm]).toEqual([false]);
        expect(CADENCE.next(cadence.state)).toBe(cadence.dueOn <= '2026-03-11' ? '应该跟进' : '下次跟进');
        expect(CADENCE_TONE[cadence.state] === 'bad').toBe(isLate);
        // Late is said once: the words below name days, and no lateness.
        const below = [CADENCE.reason(cadence), ...cadence.owed.map(CADENCE.alsoOwed)].join();
        expect(below).not.toMatch(/逾期|太早/);
      }),
    );
  });

  it.each(DUE_REASONS)('names what is late: %s', (reason) => {
    const cadence = {
      ...shown({ tier: 'head', stage: 'repeat', knownSince: ago(60), lastTouchAt: ago(20) }),
      reason,
    };
    const words = {
      detractor: '贬损者',
      promise: '约定',
      question: '问题',
      new_contact: '新客户',
      interval: '已逾期',
    };
    expect(CADENCE.state(cadence)).toContain(words[reason]);
  });
});
