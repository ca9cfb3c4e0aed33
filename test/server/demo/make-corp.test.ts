import { expect, it } from 'vitest';
import { REQUIRED_FIELDS } from '../../../server/domain/contacts/kdm.ts';
import type { Kdm } from '../../../server/domain/contacts/kdm.ts';
import { OPPORTUNITY_STAGES } from '../../../server/domain/deals/opportunity.ts';
import { makeCorp } from '../../../server/demo/make-corp.ts';

const now = new Date('2026-03-10T02:00:00.000Z');
const SEEDS = [1, 7, 20_260_310];
const DAY_MS = 86_400_000;

const sum = (values: number[]) => values.reduce((left, right) => left + right, 0);

it('makes the same corp from the same seed, and another one from another', () => {
  expect(makeCorp({ seed: 1, now })).toEqual(makeCorp({ seed: 1, now }));
  expect(makeCorp({ seed: 2, now })).not.toEqual(makeCorp({ seed: 1, now }));
});

it('has a manager and four sales, some ninety contacts at sixty companies, and three strangers', () => {
  const { corp, book } = makeCorp({ seed: 1, now });
  expect(corp.staff.map((member) => member.userid)).toEqual([
    'zhoumingyuan',
    'chenlu',
    'wanghao',
    'linsiyuan',
    'hejing',
  ]);
  expect(corp.staff.filter((member) => member.leads.length > 0)).toHaveLength(1);
  expect(book.accounts).toHaveLength(60);
  expect(new Set(book.accounts.map((account) => account.name)).size).toBe(60);
  expect(book.accounts.every(({ name }) => name.length <= 20 && name.endsWith('公司'))).toBe(true);
  const followed = new Set(corp.relations.map((relation) => relation.externalUserId));
  expect(followed.size).toBeGreaterThanOrEqual(80);
  expect(followed.size).toBeLessThanOrEqual(105);
  expect(corp.customers.filter((customer) => !followed.has(customer.externalUserId))).toHaveLength(3);
  expect(corp.tagGroups).toEqual([]);
});

it.each(SEEDS)('shapes its credentials and ids like the platform (seed %i)', (seed) => {
  const { corp } = makeCorp({ seed, now });
  expect(corp.corpId).toMatch(/^ww[0-9a-f]{16}$/);
  expect(corp.callbackAesKey).toMatch(/^[A-Za-z0-9]{43}$/);
  expect(corp.callbackToken).toMatch(/^[A-Za-z0-9]{1,32}$/);
  for (const customer of corp.customers) {
    expect(customer.externalUserId).toMatch(customer.type === 1 ? /^wm\w{30}$/ : /^wo\w{30}$/);
    expect(customer.type === 2).toBe(customer.corpName !== null);
  }
  expect(new Set(corp.customers.map((customer) => customer.externalUserId)).size).toBe(corp.customers.length);
});

it.each(SEEDS)('keeps remarks within WeCom’s limits and days within two years (seed %i)', (seed) => {
  const { corp } = makeCorp({ seed, now });
  for (const relation of corp.relations) {
    expect(relation.remark.length).toBeLessThanOrEqual(20);
    expect(relation.createdAt * 1000).toBeLessThanOrEqual(now.getTime());
    expect(relation.createdAt * 1000).toBeGreaterThan(now.getTime() - 740 * DAY_MS);
  }
  const shared = corp.customers.filter(
    ({ externalUserId }) =>
      corp.relations.filter((row) => row.externalUserId === externalUserId).length === 2,
  );
  expect(shared.length).toBeGreaterThanOrEqual(1);
  const alone = corp.relations.filter((relation) => relation.remarkCorpName === '');
  expect(alone.length).toBeGreaterThanOrEqual(3);
});

/** Revenue of the last 12 months per account, the biggest first. */
function revenueOf({ orders }: ReturnType<typeof makeCorp>['book']): number[] {
  const since = new Date(now.getTime() - 365 * DAY_MS).toISOString().slice(0, 10);
  const revenue = new Map<string, number>();
  for (const order of orders)
    if (order.paidOn >= since)
      revenue.set(order.accountExternalId, (revenue.get(order.accountExternalId) ?? 0) + order.amountFen);
  return [...revenue.values()].sort((left, right) => right - left);
}

it.each(SEEDS)('has a long tail: about 60, 30 and 10 percent of the value (seed %i)', (seed) => {
  const revenue = revenueOf(makeCorp({ seed, now }).book);
  const head = Math.ceil((revenue.length * 10) / 100);
  const waist = Math.ceil((revenue.length * 40) / 100);
  const share = (part: number[]) => (sum(part) * 100) / sum(revenue);
  expect(share(revenue.slice(0, head))).toBeGreaterThan(52);
  expect(share(revenue.slice(0, head))).toBeLessThan(68);
  expect(share(revenue.slice(head, waist))).toBeGreaterThan(24);
  expect(share(revenue.slice(waist))).toBeLessThan(16);
  expect(revenue.length).toBeGreaterThan(40);
});

it.each(SEEDS)('has accounts without orders, lapsed ones, and one agent (seed %i)', (seed) => {
  const { book } = makeCorp({ seed, now });
  const halfYearAgo = new Date(now.getTime() - 183 * DAY_MS).toISOString().slice(0, 10);
  const lastOf = (id: string) =>
    book.orders
      .filter((order) => order.accountExternalId === id)
      .map((order) => order.paidOn)
      .sort()
      .at(-1);
  const last = book.accounts.map((account) => lastOf(account.externalId));
  expect(last.filter((day) => day === undefined).length).toBeGreaterThanOrEqual(3);
  expect(last.filter((day) => day !== undefined && day < halfYearAgo).length).toBeGreaterThanOrEqual(8);
  expect(book.orders.filter((order) => order.kind === 'agency')).toHaveLength(1);
  expect(new Set(book.orders.map((order) => order.externalId)).size).toBe(book.orders.length);
  for (const order of book.orders) {
    expect(order.costFen).toBeLessThan(order.amountFen);
    expect(Number.isInteger(order.costFen) && order.amountFen % 10_000 === 0).toBe(true);
  }
});

const isKnown = ({ closeness }: Kdm) => closeness === 'regular' || closeness === 'close';

function completenessOf(kdm: Kdm): number {
  const filled = {
    superior: kdm.superiorId ?? kdm.isTop,
    method: kdm.methods?.length,
  } as Record<string, unknown>;
  const has = (field: string) => Boolean(field in filled ? filled[field] : kdm[field as keyof Kdm]);
  return REQUIRED_FIELDS.filter(has).length / REQUIRED_FIELDS.length;
}

it.each(SEEDS)('knows some decision makers wholly, some partly, some not at all (seed %i)', (seed) => {
  const { corp, book } = makeCorp({ seed, now });
  const completeness = book.kdm.map((row) => completenessOf(row.kdm));
  expect(completeness.filter((part) => part === 1).length).toBeGreaterThanOrEqual(6);
  expect(completeness.filter((part) => part > 0.3 && part < 1).length).toBeGreaterThanOrEqual(20);
  expect(book.kdm.length).toBeLessThan(corp.customers.length - 3);
  const confirmed = book.kdm.map((row) => now.getTime() - (row.kdm.confirmedAt?.getTime() ?? 0));
  expect(confirmed.some((age) => age > 90 * DAY_MS) && confirmed.some((age) => age < 30 * DAY_MS)).toBe(true);
});

it.each(SEEDS)(
  'has whole decision chains at two head accounts, and superiors without cycles (seed %i)',
  (seed) => {
    const { corp, book } = makeCorp({ seed, now });
    const kdmOf = new Map(book.kdm.map((row) => [row.externalUserId, row.kdm]));
    const companyOf = new Map(corp.relations.map((row) => [row.externalUserId, row.remarkCorpName]));
    const chains = book.accounts.filter(({ name }) => {
      const people = [...kdmOf]
        .filter(([id]) => companyOf.get(id) === name)
        .map(([, kdm]) => kdm)
        .filter(isKnown);
      const roles = new Set(people.map((kdm) => kdm.decisionRole));
      return (
        people.some((kdm) => kdm.budget === 'final') &&
        ['purchaser', 'user', 'technical'].every((role) => roles.has(role as never))
      );
    });
    expect(chains.length).toBeGreaterThanOrEqual(2);
    for (const [id] of kdmOf) {
      const seen = new Set<string>();
      for (let at: string | null | undefined = id; at; at = kdmOf.get(at)?.superiorId) {
        expect(seen.has(at)).toBe(false);
        expect(companyOf.get(at)).toBe(companyOf.get(id));
        seen.add(at);
      }
    }
  },
);

it.each(SEEDS)(
  'has talked lately with some and long ago with others, never before they met (seed %i)',
  (seed) => {
    const { corp, book } = makeCorp({ seed, now });
    const metAt = new Map(corp.relations.map((row) => [row.externalUserId, row.createdAt * 1000]));
    const lastTalk = new Map<string, number>();
    for (const talk of book.followUps) {
      expect(talk.at.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(metAt.get(talk.externalUserId) ?? 0).toBeLessThanOrEqual(talk.at.getTime());
      expect(`${talk.purpose}${talk.notes}${talk.nextStep}`).not.toMatch(/[{}]/);
      lastTalk.set(talk.externalUserId, Math.max(lastTalk.get(talk.externalUserId) ?? 0, talk.at.getTime()));
    }
    const ages = [...lastTalk.values()].map((at) => (now.getTime() - at) / DAY_MS);
    expect(ages.filter((age) => age < 2).length).toBeGreaterThanOrEqual(1);
    expect(ages.filter((age) => age > 40).length).toBeGreaterThanOrEqual(5);
    expect(book.followUps.some((talk) => talk.questions.some((question) => question.isOpen))).toBe(true);
    const today = now.toISOString().slice(0, 10);
    expect(book.followUps.some(({ nextOn }) => nextOn !== null && nextOn > today)).toBe(true);
  },
);

it.each(SEEDS)(
  'has about 25 answers of last quarter from people who were customers then (seed %i)',
  (seed) => {
    const { book } = makeCorp({ seed, now });
    expect(book.npsAnswers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(book.npsAnswers.map((answer) => answer.externalUserId)).size).toBe(book.npsAnswers.length);
    const bands = book.npsAnswers.map(({ score }) =>
      score >= 9 ? 'promoter' : score >= 7 ? 'passive' : 'detractor',
    );
    for (const band of ['promoter', 'passive', 'detractor']) expect(bands).toContain(band);
    for (const answer of book.npsAnswers) {
      const age = (now.getTime() - answer.answeredAt.getTime()) / DAY_MS;
      expect(age).toBeGreaterThan(80);
      expect(age).toBeLessThan(105);
    }
  },
);

it.each(SEEDS)('lets a stranger belong to the biggest kind of account (seed %i)', (seed) => {
  const { corp, book } = makeCorp({ seed, now });
  const introduced = corp.customers.find((customer) => customer.introducedAs !== null)?.introducedAs;
  const account = book.accounts.find(({ name }) => name === introduced?.remarkCorpName);
  expect(account?.size).toBe('1000 人以上');
});

it('has opportunities in every stage of the funnel, each with its dated way there', () => {
  const { opportunities } = makeCorp({ seed: 1, now }).book;
  expect(new Set(opportunities.map(({ stage }) => stage))).toEqual(new Set(OPPORTUNITY_STAGES));
  for (const { stage, stageHistory } of opportunities) {
    expect(stageHistory.at(-1)?.stage).toBe(stage);
    const times = stageHistory.map(({ at }) => at?.getTime() ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(now.getTime());
  }
});

it('has contracts with payments that were made, fall due within two weeks, and are late, and the sums agree', () => {
  const { contracts } = makeCorp({ seed: 1, now }).book;
  const today = now.toISOString().slice(0, 10);
  const soon = new Date(now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
  const payments = contracts.flatMap(({ milestones }) => milestones);
  const count = (is: (payment: (typeof payments)[number]) => boolean) => payments.filter(is).length;
  expect(count(({ amountFen, paidFen }) => paidFen === amountFen)).toBeGreaterThan(5);
  expect(count(({ dueOn, paidFen }) => paidFen === 0 && dueOn < today)).toBeGreaterThan(0);
  expect(count(({ dueOn, paidFen }) => paidFen === 0 && dueOn >= today && dueOn <= soon)).toBeGreaterThan(0);
  for (const { amountFen, milestones } of contracts)
    expect(milestones.reduce((sum, payment) => sum + payment.amountFen, 0)).toBe(amountFen);
});

it('has complaints, one of them open for more than two days and one closed with cause and action', () => {
  const { complaints } = makeCorp({ seed: 1, now }).book;
  const open = complaints.filter(({ closed }) => closed === null);
  expect(open.some(({ at }) => now.getTime() - at.getTime() > 2 * 86_400_000)).toBe(true);
  expect(
    complaints.flatMap(({ closed }) => (closed ? [closed.cause !== '' && closed.action !== ''] : [])),
  ).toEqual([true]);
});

it('has contacts whom two colleagues follow, and groups of customers', () => {
  const { corp } = makeCorp({ seed: 1, now });
  const followers = new Map<string, number>();
  for (const { externalUserId } of corp.relations)
    followers.set(externalUserId, (followers.get(externalUserId) ?? 0) + 1);
  expect([...followers.values()].some((count) => count > 1)).toBe(true);
  expect(corp.groups?.length).toBeGreaterThan(0);
});
