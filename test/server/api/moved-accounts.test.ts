import { describe, expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../jobs/classify-accounts.ts';
import type { Following } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aLeaverWorld } from '../../support/leaver-world.ts';
import { tagNames } from '../../support/tag-names.ts';

/** ben owns 甲公司 with two paid orders, 乙公司 with two, and 丙公司 with none; all are classified and tagged once. */
const BEN_OWNS: Following[] = [
  ['ben', 'wm1', '甲公司'],
  ['ben', 'wm2', '乙公司'],
  ['ben', 'wm3', '丙公司'],
  ['ben', 'wm4', ''],
];
async function aDesk() {
  const world = await aLeaverWorld({ followings: BEN_OWNS });
  const { context, accountOf, origin } = world;
  const [jia, yi, bing] = [await accountOf('wm1'), await accountOf('wm2'), await accountOf('wm3')];
  await context.orders.saveAll(
    [jia, jia, yi, yi].map(({ _id: accountId }, index) => ({
      _id: `o${index}`,
      accountId,
      product: '',
      amountFen: 1000 - index,
      costFen: 0,
      paidOn: '2026-02-02',
      kind: 'sale',
    })),
  );
  await world.run(classifyAccountsJob);
  const ben = await aMember(origin, 'ben');
  const stageOf = async ({ _id }: { _id: string }) => (await context.accounts.find(_id))?.stage;
  const tagsOf = (externalUserId: string) => tagNames(world.platform, { userid: 'ben', externalUserId });
  const post = async ({ _id }: { _id: string }, verb: string, body: object) =>
    (await ben.send(`/api/v1/accounts/${_id}/${verb}`, body)).status;
  return { ...world, ben, jia, yi, bing, stageOf, tagsOf, post };
}

describe('orders that move with a merge', () => {
  it('classify both accounts at once, and everybody who moved is tagged as the account that stays', async () => {
    const { jia, bing, stageOf, tagsOf, post } = await aDesk();
    expect([await stageOf(jia), await stageOf(bing)]).toEqual(['repeat', 'suspect']);
    expect(await post(jia, 'merge', { intoId: bing._id, reason: '同一家' })).toBe(200);
    expect(await stageOf(bing)).toBe('repeat');
    await expect.poll(() => tagsOf('wm3')).toContain('客户阶段/重复购买');
    expect(await post(jia, 'unmerge', {})).toBe(200);
    expect([await stageOf(jia), await stageOf(bing)]).toEqual(['repeat', 'suspect']);
    await expect.poll(() => tagsOf('wm3')).toContain('客户阶段/猜想');
  });

  it('leave the tags of nobody behind whose account alone changed, not its stage', async () => {
    const { jia, bing, tagsOf, post } = await aDesk();
    expect(tagsOf('wm3')).toContain('客户阶段/猜想');
    expect(await post(bing, 'merge', { intoId: jia._id, reason: '同一家' })).toBe(200);
    await expect.poll(() => tagsOf('wm3')).toContain('客户阶段/重复购买');
  });

  it('classify the company that a person’s own account is merged into, once the company is known', async () => {
    const { context, platform, settled, bing, stageOf } = await aDesk();
    const sale = { product: '', amountFen: 1, costFen: 0, paidOn: '2026-02-02', kind: 'sale' } as const;
    await context.orders.saveAll([{ _id: 's', accountId: 'solo-wm4', ...sale }]);
    platform.actions.editRemark({ userid: 'ben', externalUserId: 'wm4', remarkCorpName: '丙公司' });
    await settled();
    expect(await stageOf(bing)).toBe('first_purchase');
  });
});

it('merging keeps everything of both (domain.md §1): the history of what went in stays on the page of what it went into', async () => {
  const { jia, yi, bing, ben, post, context } = await aDesk();
  const pastOf = async ({ _id }: { _id: string }) => {
    const { history } = (await ben.read(`/api/v1/accounts/${_id}`)) as { history: Record<string, string>[] };
    return history.map(({ kind, from, to }) => `${kind}: ${from} → ${to}`);
  };
  const grown = { kind: 'stage', from: 'suspect', to: 'prospect' } as const;
  const how = { ...grown, ownerId: 'ben', why: null, by: 'classify-accounts', at: new Date(0) };
  await context.history.append([jia, yi].map(({ _id: accountId }) => ({ accountId, ...how })));
  expect(await post(jia, 'merge', { intoId: yi._id, reason: '同一家' })).toBe(200);
  expect(await post(yi, 'merge', { intoId: bing._id, reason: '同一家' })).toBe(200);
  const classified = await ben.read(`/api/v1/accounts/${bing._id}/classification`);
  expect(classified).toMatchObject({ changes: expect.arrayContaining([expect.objectContaining(grown)]) });
  expect((await pastOf(bing)).filter((each) => each === 'stage: suspect → prospect')).toHaveLength(2);
  expect(await post(yi, 'unmerge', {})).toBe(200);
  expect(await pastOf(bing)).not.toContain('stage: suspect → prospect');
  expect(await pastOf(yi)).toContain('stage: suspect → prospect');
});

describe('strategic_partner: at least repeat, and ≥ 1 referral that became a customer (domain.md §5)', () => {
  it('is told at once of who recommended somebody, and of who did so before', async () => {
    const { jia, yi, bing, stageOf, post } = await aDesk();
    expect(await post(jia, 'referral', { referredById: yi._id })).toBe(200);
    expect(await stageOf(yi)).toBe('strategic_partner');
    expect(await post(jia, 'referral', { referredById: bing._id })).toBe(200);
    expect([await stageOf(yi), await stageOf(bing)]).toEqual(['repeat', 'suspect']);
    expect(await post(jia, 'referral', { referredById: null })).toBe(200);
  });

  it('is told at once when the first order comes of whom it recommended', async () => {
    const { origin, yi, bing, stageOf, post } = await aDesk();
    expect(await post(bing, 'referral', { referredById: yi._id })).toBe(200);
    expect(await stageOf(yi)).toBe('repeat');
    const olga = await aMember(origin, 'olga');
    const order = { externalId: 'E1', account: '丙公司', amountYuan: '10', paidOn: '2026-03-01' };
    const sold = await olga.send('/api/v1/orders', { orders: [order] });
    expect([sold.status, await stageOf(yi)]).toEqual([200, 'strategic_partner']);
  });

  it('is told at once when whom it recommended goes into an account that another recommended', async () => {
    const { jia, yi, bing, stageOf, post, context } = await aDesk();
    expect(await post(jia, 'referral', { referredById: yi._id })).toBe(200);
    expect(await stageOf(yi)).toBe('strategic_partner');
    await context.accounts.update(bing._id, { referredById: 'solo-wm4' });
    expect(await post(jia, 'merge', { intoId: bing._id, reason: '同一家' })).toBe(200);
    expect(await stageOf(yi)).toBe('repeat');
  });
});
