import { expect, it } from 'vitest';
import {
  DEFAULT_PLAYBOOK,
  playbookProblems,
  type Playbook,
  type TierPolicy,
} from '../../../../server/domain/classification/playbook.ts';

const withHead = (changes: Partial<TierPolicy>): Playbook => ({
  ...DEFAULT_PLAYBOOK,
  head: { ...DEFAULT_PLAYBOOK.head, ...changes },
});
const fieldsOf = (changes: Partial<TierPolicy>) =>
  playbookProblems(withHead(changes)).map(({ field }) => field);

it('visits a head account monthly, with an owner and a deputy, and puts its complaints first', () => {
  const { services, visitDays } = DEFAULT_PLAYBOOK.head;
  expect(visitDays).toBe(30);
  for (const part of ['负责人和副手', '每月拜访', '折扣', '投诉最先', '经营、财务和人事'])
    expect(services.join()).toContain(part);
});

it('allows smaller discounts to waist than to head, and proposes release of tail accounts, never automatically', () => {
  const { head, waist, tail } = DEFAULT_PLAYBOOK;
  expect(waist.discountPercent.to).toBeLessThan(head.discountPercent.to);
  expect(waist.services.join()).toContain('升级信号');
  expect(tail.services.join()).toContain('不会自动放弃');
});

it.each([
  [{ discountPercent: { from: 0, to: 100 } }, []],
  [{ discountPercent: { from: 10, to: 10 } }, []],
  [{ discountPercent: { from: -1, to: 10 } }, ['head.discountPercent.from']],
  [{ discountPercent: { from: 0, to: 101 } }, ['head.discountPercent.to']],
  [{ discountPercent: { from: 11, to: 10 } }, ['head.discountPercent.to']],
  [{ discountPercent: { from: 0.5, to: 10 } }, ['head.discountPercent.from']],
  [{ paymentDays: 365 }, []],
  [{ paymentDays: 366 }, ['head.paymentDays']],
  [{ paymentDays: -1 }, ['head.paymentDays']],
  [{ visitDays: 0 }, []],
  [{ visitDays: 366 }, ['head.visitDays']],
  [{ costBudgetFen: 0 }, []],
  [{ costBudgetFen: 10_000_000_000 }, []],
  [{ costBudgetFen: 10_000_000_001 }, ['head.costBudgetFen']],
  [{ costBudgetFen: 1.5 }, ['head.costBudgetFen']],
  [{ commissionPercent: 100 }, []],
  [{ commissionPercent: 101 }, ['head.commissionPercent']],
  [{ services: [] }, []],
  [{ services: ['x'.repeat(200), ' '] }, ['head.services.1']],
  [{ services: ['x'.repeat(201)] }, ['head.services.0']],
  [{ services: Array.from({ length: 20 }, () => '一') }, []],
  [{ services: Array.from({ length: 21 }, () => '一') }, ['head.services']],
])('names each number of a policy that cannot be: %j', (changes, fields) => {
  expect(fieldsOf(changes)).toEqual(fields);
});
