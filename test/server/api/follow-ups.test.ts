import { expect, it } from 'vitest';
import { aNote } from '../../support/a-note.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** 无微信 was imported by the ERP's book: anna owns it, and nobody of it is known in WeCom. 甲 has wm1. */
async function aDesk() {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const [anna, ben, olga] = [
    await aMember(world.origin, 'anna'),
    await aMember(world.origin, 'ben'),
    await aMember(world.origin, 'olga'),
  ];
  const made = await anna.send('/api/v1/accounts', { name: '无微信' });
  const { id } = (await made.json()) as { id: string };
  const log = async (note: object, visitor = anna, accountId = id) => {
    const answer = await visitor.send(`/api/v1/accounts/${accountId}/follow-ups`, note);
    return {
      status: answer.status,
      body: (await answer.json()) as { error?: { code: string; message: string } },
    };
  };
  const jiaId = (await world.context.accounts.findByKey('甲'))?._id ?? '';
  return { world, anna, ben, olga, id, jiaId, log };
}

it('moves the cadence of an account without any contact, which was overdue for ever', async () => {
  const { world, anna, id, log } = await aDesk();
  const due = async () => {
    const { items } = (await anna.read('/api/v1/due')) as { items: { accountName: string }[] };
    return items.map(({ accountName }) => accountName);
  };
  await world.context.accounts.update(id, { dueOn: '2026-03-02' });
  expect(await due()).toEqual(['甲', '无微信']);
  const { status, body } = await log(aNote({ nextOn: '2026-03-20', nextStep: '送样' }));
  expect(status).toBe(200);
  expect(body).toMatchObject({ cadence: { dueOn: '2026-03-20', lastTouchAt: '2026-03-11T02:00:00.000Z' } });
  expect(await due()).toEqual(['甲']);
  expect(await world.context.followUps.latestOf(id, 9)).toMatchObject([
    { externalUserId: null, staffId: 'anna', nextStep: '送样' },
  ]);
});

it('shows what was said with an account of which nobody is known in WeCom, the newest first, and what it asked', async () => {
  const { world, anna, ben, id, log } = await aDesk();
  await log(aNote({ purpose: '首次拜访', questions: ['账期？'] }));
  world.setNow('2026-03-12T10:00:00+08:00');
  await log(aNote({ purpose: '送样', notes: '客户认可样品' }));
  expect(await anna.read(`/api/v1/accounts/${id}/follow-ups`)).toMatchObject({
    followUps: [
      { purpose: '送样', notes: '客户认可样品', staffName: 'anna', contactName: null },
      { purpose: '首次拜访' },
    ],
    questions: [{ text: '账期？', askedAt: '2026-03-11T02:00:00.000Z' }],
  });
  const refused = await ben.go(`/api/v1/accounts/${id}/follow-ups`);
  expect(refused.status).toBe(403);
});

it('keeps it once that is sent several times', async () => {
  const { world, id, log } = await aDesk();
  const note = aNote({ questions: ['账期？'] });
  await Promise.all([log(note), log(note)]);
  expect(await world.context.followUps.latestOf(id, 9)).toHaveLength(1);
  expect(await world.context.questions.openOf(id)).toMatchObject([{ text: '账期？', externalUserId: null }]);
});

it('shows it at every contact of the account, as one with nobody in particular', async () => {
  const { anna, jiaId, log } = await aDesk();
  await log(aNote({ purpose: '电话回访', questions: ['账期？'] }), anna, jiaId);
  expect(await anna.read('/api/v1/contacts/wm1/profile')).toMatchObject({
    followUps: [{ purpose: '电话回访', contactName: null }],
    questions: [{ text: '账期？', contactName: null }],
  });
});

it('may name whom of the account we spoke to, and nobody of another', async () => {
  const { anna, jiaId, log } = await aDesk();
  expect((await log({ ...aNote(), externalUserId: 'wm1' }, anna, jiaId)).status).toBe(200);
  expect(await anna.read('/api/v1/contacts/wm1/profile')).toMatchObject({
    followUps: [{ contactName: '客户wm1' }],
  });
  expect(await log({ ...aNote(), externalUserId: 'wm1' })).toMatchObject({
    status: 400,
    body: { error: { code: 'not_in_account' } },
  });
});

it('refuses a colleague, and everybody while the account waits in the pool', async () => {
  const { world, ben, olga, id, log } = await aDesk();
  expect(await log(aNote(), ben)).toMatchObject({
    status: 403,
    body: { error: { code: 'not_your_account' } },
  });
  await world.context.accounts.update(id, { ownerId: null });
  const howTo = expect.stringContaining('点“领取”');
  expect(await log(aNote(), ben)).toMatchObject({
    status: 403,
    body: { error: { code: 'claim_first', message: howTo } },
  });
  expect(await log(aNote(), olga)).toMatchObject({
    status: 409,
    body: { error: { code: 'not_owned', message: howTo } },
  });
  await world.context.accounts.update(id, { heirId: 'anna', heirAcceptedBy: 'lena' });
  for (const visitor of [ben, olga]) {
    const { body } = await log(aNote(), visitor);
    expect(body.error?.message).toContain('已确定接手人');
  }
  expect(await world.context.followUps.latestOf(id, 9)).toEqual([]);
});

it('is opened for today’s stand-in of the owner', async () => {
  const { world, ben, log } = await aDesk();
  const leave = { from: '2026-03-11', to: '2026-03-11', standInId: 'ben' };
  await world.context.absences.add({ staffId: 'anna', ...leave });
  expect((await log(aNote(), ben)).status).toBe(200);
});

it('is exported with nobody where a contact would stand', async () => {
  const { olga, log } = await aDesk();
  await log(aNote({ purpose: '电话回访' }));
  const text = await (await olga.go('/api/v1/exports/follow-ups')).text();
  expect(text).toMatch(/,无微信,,anna,2026-03-11 10:00:00,call,,.*,电话回访,/);
});
