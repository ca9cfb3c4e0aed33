import { expect, it } from 'vitest';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

type Shown = { version: number; account: { industry: string; region: string } };

async function aShared() {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲公司']]) });
  const account = await world.context.accounts.findByKey('甲公司');
  const path = `/api/v1/accounts/${account?._id}`;
  const [anna, lena] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'lena')];
  const read = async (who: Visitor) => (await who.read(path)) as Shown;
  return { world, anna, lena, path, read };
}

it('refuses the second of two edits that began alike, and tells who changed what to what', async () => {
  const { anna, lena, path, read } = await aShared();
  const { version } = await read(anna);
  expect((await anna.send(path, { industry: '化工', version })).status).toBe(200);
  const late = await lena.send(path, { industry: '机械', region: '江苏', version });
  expect([late.status, await late.json()]).toMatchObject([
    409,
    {
      error: {
        code: 'changed_meanwhile',
        message: 'anna刚刚修改了行业，您的修改还没有保存',
        details: {
          version: version + 1,
          by: { staffId: 'anna', name: 'anna' },
          fields: [{ field: 'industry', label: '行业' }],
          values: { name: '甲公司', industry: '化工', region: '' },
        },
      },
    },
  ]);
  expect((await read(lena)).account).toMatchObject({ industry: '化工', region: '' });
});

it('takes the edit again that goes on from what stands now', async () => {
  const { anna, lena, path, read } = await aShared();
  const { version } = await read(anna);
  await anna.send(path, { industry: '化工', version });
  expect((await lena.send(path, { industry: '机械', version: version + 1 })).status).toBe(200);
  expect(await read(anna)).toMatchObject({ version: version + 2, account: { industry: '机械' } });
});

it('keeps one of two that arrive at once without a version, and never mixes them', async () => {
  const { anna, path, read } = await aShared();
  const wishes = ['化工', '机械', '电子'].map((name) => ({ industry: name, region: name }));
  const answers = await Promise.all(wishes.map((wish) => anna.send(path, wish)));
  for (const { status } of answers) expect([200, 409]).toContain(status);
  const { version, account } = await read(anna);
  expect(account.industry).toBe(account.region);
  expect(version).toBe(answers.filter(({ status }) => status === 200).length);
});

it.each([
  ['a pin', 'tier-pin', { tier: 'head', reason: '集团' }],
  ['taking a pin back', 'clear-override', { kind: 'tier', reason: '看错了' }],
  ['a rating', 'potential', { score: 80, sharePercent: null, reason: '有预算' }],
  ['another deputy', 'owner', { deputyId: 'ben' }],
  ['a referral', 'referral', { referredById: null }],
])('holds for %s, too', async (_, verb, body) => {
  const { anna, lena, path, read } = await aShared();
  await lena.send(`${path}/tier-pin`, { tier: 'waist', reason: '试' });
  const { version } = await read(lena);
  await anna.send(path, { region: '江苏', version });
  const late = await lena.send(`${path}/${verb}`, { ...body, version });
  expect([late.status, await late.json()]).toMatchObject([409, { error: { code: 'changed_meanwhile' } }]);
  expect((await lena.send(`${path}/${verb}`, { ...body, version: version + 1 })).status).toBe(200);
});

it('takes edits of accounts that were kept before anybody counted, and lets jobs change what is theirs meanwhile', async () => {
  const { world, anna, path, read } = await aShared();
  const account = await world.context.accounts.findByKey('甲公司');
  const { version } = await read(anna);
  expect([version, account?.edits]).toEqual([0, undefined]);
  await world.context.accounts.update(account?._id ?? '', { dueOn: '2026-03-20' });
  expect((await anna.send(path, { region: '江苏', version })).status).toBe(200);
});
