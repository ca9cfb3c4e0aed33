import { expect, it } from 'vitest';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aLeaverWorld } from '../../../support/leaver-world.ts';

type Pool = { accounts: { id: string; name: string; product: object | null }[] };
type Past = { history: { kind: string; assigned: object | null }[] };

/** ben left 甲, which thinks of pumps, 乙, which bought valves, and 丙, of which no deal is known. */
async function aPool() {
  const world = await aLeaverWorld();
  const { context, accountOf } = world;
  const [pumps, valves, none] = [await accountOf('wm1'), await accountOf('wm2'), await accountOf('wm3')];
  await context.opportunities.saveAll([
    {
      _id: 'C1',
      name: '二期',
      accountId: pumps._id,
      ownerId: 'ben',
      stage: 'interest',
      lines: [{ product: '水泵', amountFen: 100 }],
      purchaseType: 'occasional',
      expectedCloseOn: null,
      lostReason: null,
      stageHistory: [{ stage: 'interest', at: context.now() }],
    },
  ]);
  const order = { amountFen: 1000, costFen: 0, paidOn: '2026-03-01', kind: 'sale' as const };
  await context.orders.saveAll([
    { ...order, _id: 'D1', accountId: pumps._id, product: '阀门' },
    { ...order, _id: 'D2', accountId: valves._id, product: '阀门' },
    { ...order, _id: 'D3', accountId: valves._id, product: '法兰', paidOn: '2026-02-01' },
  ]);
  await world.leave('ben');
  await retireMember(context, 'ben', context.now());
  world.pass(1000);
  const visit = async (staffId: string) => aMember(world.origin, staffId);
  const post = async (staffId: string, body: object) => {
    const answer = await (await visit(staffId)).send('/api/v1/pool/assign', body);
    return { status: answer.status, body: await answer.json() };
  };
  const read = async <Answer>(staffId: string, path: string) =>
    (await visit(staffId)).read(`/api/v1${path}`) as Promise<Answer>;
  return { ...world, post, read, ids: { pumps: pumps._id, valves: valves._id, none: none._id } };
}

const products = [
  { product: '水泵', staffIds: ['anna'] },
  { product: '阀门', staffIds: ['lena'] },
];
const byProduct = { strategy: 'by_product', accountIds: null, staffIds: ['anna', 'lena'], products };

it('tells of every account in the pool the product it is about, and by which deal that is known', async () => {
  const { read, ids } = await aPool();
  const { accounts } = await read<Pool>('lena', '/pool');
  expect(new Map(accounts.map(({ id, product }) => [id, product]))).toEqual(
    new Map<string, object | null>([
      [ids.pumps, { product: '水泵', from: 'opportunity', dealId: 'C1' }],
      [ids.valves, { product: '阀门', from: 'order', dealId: 'D2' }],
      [ids.none, null],
    ]),
  );
});

it('gives each account to who takes its product, and one without a product to whoever has least', async () => {
  const { post, ownersOf, ids } = await aPool();
  const answer = await post('lena', byProduct);
  expect(answer).toMatchObject({ status: 200, body: { skippedIds: [], hasMore: false } });
  const [pumps, valves, none] = await ownersOf('wm1', 'wm2', 'wm3');
  expect([pumps, valves]).toEqual(['anna', 'lena']);
  expect(['anna', 'lena']).toContain(none);
  const why = { strategy: 'by_product', matched: '水泵' };
  expect(answer.body.assigned).toContainEqual(
    expect.objectContaining({ accountId: ids.pumps, why: expect.objectContaining(why) }),
  );
});

it('keeps why this member in the history of the account and in the audit', async () => {
  const { post, read, context, ids } = await aPool();
  await post('lena', byProduct);
  const product = { product: '阀门', from: 'order', dealId: 'D2' };
  const why = { strategy: 'by_product', matched: '阀门', product };
  const { history } = await read<Past>('lena', `/accounts/${ids.valves}`);
  expect(history[0]).toMatchObject({ kind: 'owner', from: '', to: 'lena', assigned: why });
  expect(history.slice(1).every(({ assigned }) => assigned === null)).toBe(true);
  const [entry] = await context.audit.list({ subject: `account:${ids.valves}`, limit: 1 });
  expect(entry).toMatchObject({ act: 'account.assign', by: 'lena', to: { ownerId: 'lena', why } });
});

it('goes by who has least when nobody takes any product', async () => {
  const { post, ids } = await aPool();
  const { body } = await post('lena', { ...byProduct, products: [] });
  expect(body.assigned).toHaveLength(3);
  for (const { why } of body.assigned) expect(why).toMatchObject({ strategy: 'by_product', matched: null });
  expect(body.assigned).toContainEqual(
    expect.objectContaining({ accountId: ids.none, why: expect.objectContaining({ product: null }) }),
  );
});

it.each([
  [[{ product: ' ', staffIds: ['anna'] }]],
  [[{ product: '水泵', staffIds: [] }]],
  [Array.from({ length: 501 }, (_, index) => ({ product: `p${index}`, staffIds: ['anna'] }))],
])('refuses a share of nothing, of nobody, or of too much (case %#)', async (wrong) => {
  const { post, ownersOf } = await aPool();
  expect(await post('lena', { ...byProduct, products: wrong })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_body' } },
  });
  expect(await ownersOf('wm1')).toEqual([null]);
});
