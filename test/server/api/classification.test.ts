import { describe, expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../jobs/classify-accounts.ts';
import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import { tagNames } from '../../support/tag-names.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** 甲 belongs to anna, whom lena leads; it is classified once. */
async function aClassifiedWorld() {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  await world.run(classifyAccountsJob);
  const account = await world.context.accounts.findByKey('甲');
  const id = account?._id ?? '';
  const lena = await aMember(world.origin, 'lena');
  const anna = await aMember(world.origin, 'anna');
  const path = (name: string) => `/api/v1/accounts/${id}/${name}`;
  /** By a new session: clocks jump here. */
  const read = async () =>
    (await (await aMember(world.origin, 'anna')).read(path('classification'))) as ClassificationView;
  const send = async (name: string, body: unknown, who = lena) => {
    const answer = await who.send(path(name), body);
    return { status: answer.status, body: (await answer.json()) as ClassificationView & { error?: unknown } };
  };
  const tagged = (tags: string[]) =>
    expect.poll(() => tagNames(world.platform, { userid: 'anna', externalUserId: 'wm1' })).toEqual(tags);
  return { world, id, anna, read, send, tagged };
}

it('answers tier, stage and value class, each with the full why', async () => {
  const { read } = await aClassifiedWorld();
  expect(await read()).toMatchObject({
    account: { name: '甲' },
    tier: { value: 'unrated', why: { rule: 'unrated', basis: 'revenue', mode: 'rank' }, pin: null },
    stage: { value: 'suspect', why: { rule: 'suspect', referralsWon: 0, limits: { prospectDays: 90 } } },
    valueClass: { value: 'general', why: { rule: 'general', place: 6, held: [] }, strategicMark: null },
    potential: { score: null, sharePercent: null },
    may: { pin: false, ratePotential: true },
    changes: [],
  });
});

describe('a manual pin of the tier with reason and expiry wins (domain.md §3)', () => {
  it('holds at once, in WeCom too, and is told with who, from what to what and why', async () => {
    const { send, read, tagged, world, id } = await aClassifiedWorld();
    const { body } = await send('tier-pin', { tier: 'head', reason: '集团客户', expiresOn: '2026-12-31' });
    expect(body.tier).toMatchObject({
      value: 'head',
      why: { rule: 'pinned', pinReason: '集团客户', computedTier: 'unrated' },
      pin: { by: { staffId: 'lena' }, reason: '集团客户', expiresOn: '2026-12-31' },
    });
    expect((await read()).changes).toMatchObject([
      { kind: 'tier', from: 'unrated', to: 'head', by: 'lena', isFall: false },
    ]);
    const audit = await world.context.audit.list({ subject: `account:${id}`, limit: 9 });
    expect(audit.find(({ act }) => act === 'account.pin_tier')).toMatchObject({
      by: 'lena',
      from: null,
      to: { value: 'head', reason: '集团客户' },
    });
    await tagged(['客户分层/头部', '客户阶段/猜想']);
  });

  it('holds to the end of its last day, and not a day longer', async () => {
    const { send, read, world } = await aClassifiedWorld();
    await send('tier-pin', { tier: 'head', reason: '集团客户', expiresOn: '2026-03-20' });
    world.setNow('2026-03-20T23:59:00+08:00');
    await world.run(classifyAccountsJob);
    expect((await read()).tier.value).toBe('head');
    world.setNow('2026-03-21T03:30:00+08:00');
    await world.run(classifyAccountsJob);
    expect((await read()).tier).toMatchObject({ value: 'unrated', pin: null });
    expect((await read()).changes[0]).toMatchObject({ from: 'head', to: 'unrated', isFall: false });
  });

  it.each([
    ['yesterday', '2026-03-10', 400],
    ['today', '2026-03-11', 200],
    ['in 24 months', '2028-03-11', 200],
    ['in 24 months and a day', '2028-03-12', 400],
  ])('may end %s: %s, %d', async (_, expiresOn, status) => {
    const { send } = await aClassifiedWorld();
    expect((await send('tier-pin', { tier: 'tail', reason: '试', expiresOn })).status).toBe(status);
  });

  it('needs a reason', async () => {
    const { send } = await aClassifiedWorld();
    expect((await send('tier-pin', { tier: 'tail', reason: ' ' })).status).toBe(400);
    expect((await send('strategic-mark', {})).status).toBe(400);
  });
});

it('a manual set of the stage overrides upward, is taken back with a reason, and that is no fall (§5)', async () => {
  const { send, tagged } = await aClassifiedWorld();
  const up = await send('stage-pin', { stage: 'partner', reason: '已签意向书' });
  expect(up.body.stage).toMatchObject({
    value: 'partner',
    why: { rule: 'suspect', isManual: true, manualReason: '已签意向书' },
    pin: { expiresOn: '2027-03-11' },
  });
  await tagged(['客户阶段/合伙人']);
  const back = await send('clear-override', { kind: 'stage', reason: '没有签成' });
  expect(back.body.stage).toMatchObject({ value: 'suspect', pin: null });
  const fall = { from: 'partner', to: 'suspect', isFall: false };
  expect(back.body.changes).toContainEqual(expect.objectContaining(fall));
});

it('strategic = marked by a manager with reason, and the mark expires after 12 months (§4)', async () => {
  const { send, world, read } = await aClassifiedWorld();
  const marked = await send('strategic-mark', { reason: '行业标杆' });
  expect(marked.body.valueClass).toMatchObject({
    value: 'strategic',
    why: { place: 3, held: [{ fact: 'strategic_mark' }], mark: { by: 'lena', reason: '行业标杆' } },
    strategicMark: { expiresOn: '2027-03-11' },
  });
  world.setNow('2027-03-11T12:00:00+08:00');
  await world.run(classifyAccountsJob);
  expect((await read()).valueClass.value).toBe('strategic');
  world.setNow('2027-03-12T12:00:00+08:00');
  await world.run(classifyAccountsJob);
  expect((await read()).valueClass).toMatchObject({ value: 'general', strategicMark: null });
});

it('lets the owner rate the potential: 70 makes potential, 69 does not (§4)', async () => {
  const { send, anna } = await aClassifiedWorld();
  const rate = (score: number) => send('potential', { score, sharePercent: 30, reason: '明年扩产' }, anna);
  expect((await rate(69)).body.valueClass.value).toBe('general');
  expect((await rate(70)).body).toMatchObject({
    valueClass: { value: 'potential', why: { held: [{ fact: 'below_head' }, { fact: 'potential_score' }] } },
    potential: { score: 70, sharePercent: 30 },
  });
  expect((await rate(101)).status).toBe(400);
});

it('shows managers the real shares of value by tier once the book was run', async () => {
  const { world } = await aClassifiedWorld();
  const lena = await aMember(world.origin, 'lena');
  expect(await lena.read('/api/v1/tier-shape')).toMatchObject({
    shape: {
      tiers: { unrated: { accounts: 1 } },
      totalFen: 0,
      lines: { headFromFen: null, waistFromFen: null },
      concentrationPercent: null,
    },
  });
});
