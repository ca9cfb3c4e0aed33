import { expect, it } from 'vitest';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aLeaverWorld } from '../../../support/leaver-world.ts';

/** ben of lena’s team left 甲 and 乙; mark leads others. */
async function aPool() {
  const world = await aLeaverWorld({
    followings: [
      ['ben', 'wm1', '甲公司'],
      ['ben', 'wm2', '乙公司'],
    ],
  });
  await world.leave('ben');
  await retireMember(world.context, 'ben', world.context.now());
  const post = async (staffId: string, body: object) => {
    const visitor = await aMember(world.origin, staffId);
    const answer = await visitor.send('/api/v1/pool/assign', body);
    return { status: answer.status, body: await answer.json() };
  };
  return { ...world, post };
}

const everything = { strategy: 'round_robin', accountIds: null, staffIds: ['anna', 'lena'] };

it('gives everything that the team left in turn, and records who gave what to whom', async () => {
  const { post, ownersOf, accountOf, context } = await aPool();
  const answer = await post('lena', everything);
  expect(answer).toMatchObject({ status: 200, body: { skippedIds: [], hasMore: false } });
  expect((await ownersOf('wm1', 'wm2')).sort()).toEqual(['anna', 'lena']);
  const { _id, ownerId } = await accountOf('wm1');
  expect(await context.history.ofAccount(_id)).toContainEqual(
    expect.objectContaining({
      kind: 'owner',
      to: ownerId,
      by: 'lena',
      why: { strategy: 'round_robin', matched: null, accountCount: null, product: null },
    }),
  );
  const [entry] = await context.audit.list({ subject: `account:${_id}`, limit: 1 });
  expect(entry).toMatchObject({ act: 'account.assign', by: 'lena', to: { ownerId } });
});

it('shows before who would get what, and changes nothing', async () => {
  const { post, ownersOf, accountOf, context } = await aPool();
  const preview = await post('lena', { ...everything, isPreview: true });
  expect(await ownersOf('wm1', 'wm2')).toEqual([null, null]);
  const { _id } = await accountOf('wm1');
  expect(await context.audit.list({ subject: `account:${_id}`, limit: 9 })).not.toContainEqual(
    expect.objectContaining({ act: 'account.assign' }),
  );
  expect(await post('lena', everything)).toEqual(preview);
});

it('skips what is no longer in the pool, and what another team left', async () => {
  const { post, accountOf } = await aPool();
  const { _id } = await accountOf('wm1');
  const wish = { strategy: 'manual', accountIds: [_id], staffIds: ['carl'] };
  expect((await post('mark', wish)).body).toEqual({ assigned: [], skippedIds: [_id], hasMore: false });
  const own = { ...wish, staffIds: ['anna'] };
  expect((await post('lena', own)).body).toMatchObject({ assigned: [{ accountId: _id, ownerId: 'anna' }] });
  expect((await post('lena', own)).body).toMatchObject({ assigned: [], skippedIds: [_id] });
});

it.each([
  [{ ...everything, strategy: 'manual' }, 400, 'one_member_only'],
  [{ ...everything, staffIds: ['anna', 'ben'] }, 409, 'not_a_member'],
  [{ ...everything, staffIds: ['nobody'] }, 409, 'not_a_member'],
  [{ ...everything, staffIds: [] }, 400, 'invalid_body'],
])('refuses %j', async (wish, status, code) => {
  const { post, ownersOf } = await aPool();
  expect(await post('olga', wish)).toMatchObject({ status, body: { error: { code } } });
  expect(await ownersOf('wm1', 'wm2')).toEqual([null, null]);
});
