import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { notifyWarningsJob } from '../../../jobs/notify-warnings.ts';
import { watchAccountsJob } from '../../../jobs/watch-accounts.ts';
import { recordMember } from '../../../server/flows/staff/record-member.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';
import { setDue, notifiedTo } from '../../support/due-world.ts';

type Complaint = { id: string; text: string; accountId: string; closedAt: string | null };
type Page = { complaints: Complaint[]; may: { close: boolean } };

/** 甲 is anna's, with wm1 and wm3; ben follows wm3; 乙 is ben's. */
async function aDesk() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['anna', 'wm3', '甲'],
      ['ben', 'wm3', '甲'],
      ['ben', 'wm2', '乙'],
    ]),
    settings: { ADMIN_USERIDS: 'olga' },
  });
  const idOf = async (name: string) => (await world.context.accounts.findByKey(name))?._id ?? '';
  const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
  return { ...world, world, anna, ben, jia: await idOf('甲'), yi: await idOf('乙') };
}

const aComplaint = (more: object = {}) => ({ requestId: randomUUID(), text: '交货晚了三天', ...more });
const at = (accountId: string) => `/api/v1/accounts/${accountId}/complaints`;
const complain = async (who: Visitor, accountId: string, more: object = {}) =>
  (await (await who.send(at(accountId), aComplaint(more))).json()) as Complaint;
const openOf = async (who: Visitor, accountId: string) =>
  ((await who.read(at(accountId))) as Page).complaints.map(({ text }) => text);
const close = (who: Visitor, id: string, more: object = {}) =>
  who.send(`/api/v1/complaints/${id}/close`, { cause: '排产失误', action: '免运费', ...more });
const codeOf = async (answer: Response) => {
  const body = (await answer.json()) as { error?: { code: string } };
  return [answer.status, body.error?.code ?? 'fine'];
};

it('complaint open > 2 days: warns owner and manager, and is settled when it is closed', async () => {
  const { world, run, setNow, anna, jia, context } = await aDesk();
  for (const name of ['甲', '乙']) await setDue(world, name, { dueOn: '2026-06-01' });
  const { id } = await complain(anna, jia, { externalUserId: 'wm1', channel: 'call' });
  setNow('2026-03-13T10:00:00+08:00');
  expect(await run(watchAccountsJob)).toMatchObject({ raised: 0 });
  setNow('2026-03-13T10:00:01+08:00');
  expect(await run(watchAccountsJob)).toMatchObject({ raised: 1 });
  await run(notifyWarningsJob);
  for (const name of ['anna', 'lena'])
    expect(notifiedTo(world, name).join()).toContain('客户wm1 的投诉已超过 2 天没有处理完');
  const warnings = () => anna.read(`/api/v1/warnings?accountId=${jia}`);
  expect(await warnings()).toMatchObject({ warnings: [{ kind: 'complaint_open', level: 'high' }] });
  expect(await (await close(anna, id)).json()).toMatchObject({
    cause: '排产失误',
    action: '免运费',
    closedBy: { staffId: 'anna' },
    contact: { externalUserId: 'wm1', name: '客户wm1' },
  });
  expect(await warnings()).toMatchObject({ warnings: [] });
  expect(await context.audit.list({ subject: `account:${jia}`, limit: 9 })).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ act: 'complaint.open', by: 'anna', from: null }),
      expect.objectContaining({
        act: 'complaint.close',
        by: 'anna',
        to: expect.objectContaining({ cause: '排产失误' }),
      }),
    ]),
  );
});

it('keeps a complaint once that is sent twice, and closes it once, with a cause and an action', async () => {
  const { anna, jia } = await aDesk();
  const note = aComplaint();
  const sent = await Promise.all([anna.send(at(jia), note), anna.send(at(jia), note)]);
  const [first, second] = (await Promise.all(sent.map((answer) => answer.json()))) as Complaint[];
  expect(first).toEqual(second);
  expect(await openOf(anna, jia)).toEqual(['交货晚了三天']);
  const id = first?.id ?? '';
  expect(await codeOf(await close(anna, id, { cause: ' ' }))).toEqual([400, 'invalid_body']);
  expect(await codeOf(await close(anna, id, { action: '' }))).toEqual([400, 'invalid_body']);
  expect(await codeOf(await close(anna, id))).toEqual([200, 'fine']);
  expect(await codeOf(await close(anna, id))).toEqual([409, 'complaint_closed']);
  expect(await openOf(anna, jia)).toEqual([]);
  expect(await anna.read(`${at(jia)}?state=closed`)).toMatchObject({ complaints: [{ id }] });
});

it('lets whoever sees the account note one, and its owner, deputy or manager close it', async () => {
  const { origin, ben, jia, context } = await aDesk();
  const { id } = await complain(ben, jia, { externalUserId: 'wm3' });
  expect(await ben.read(at(jia))).toMatchObject({ may: { close: false } });
  expect(await codeOf(await close(ben, id))).toEqual([404, 'complaint_not_found']);
  const mark = await aMember(origin, 'mark');
  expect(await codeOf(await mark.send(at(jia), aComplaint()))).toEqual([403, 'not_your_account']);
  expect(await codeOf(await close(mark, id))).toEqual([404, 'complaint_not_found']);
  await context.accounts.update(jia, { deputyId: 'ben' });
  expect(await ben.read(at(jia))).toMatchObject({ may: { close: true } });
  expect(await codeOf(await close(await aMember(origin, 'lena'), id))).toEqual([200, 'fine']);
});

it('refuses a contact of another account, and words about nothing', async () => {
  const { anna, jia } = await aDesk();
  const sent = (more: object) => anna.send(at(jia), aComplaint(more)).then(codeOf);
  expect(await sent({ externalUserId: 'wm2' })).toEqual([400, 'not_in_account']);
  expect(await sent({ text: '  ' })).toEqual([400, 'invalid_body']);
  expect(await openOf(anna, jia)).toEqual([]);
});

it('goes with a merge and comes back with its end; of a split, with the contact who complained', async () => {
  const { origin, anna, ben, jia, yi } = await aDesk();
  await complain(anna, jia, { externalUserId: 'wm1', text: '一' });
  await complain(anna, jia, { externalUserId: 'wm3', text: '二' });
  await complain(anna, jia, { text: '三' });
  await complain(ben, yi, { text: '四' });
  const olga = await aMember(origin, 'olga');
  const sorted = async (accountId: string) => (await openOf(olga, accountId)).toSorted();
  await olga.send(`/api/v1/accounts/${jia}/merge`, { intoId: yi, reason: '同一家' });
  expect(await sorted(yi)).toEqual(['一', '三', '二', '四']);
  await olga.send(`/api/v1/accounts/${jia}/unmerge`, {});
  expect([await sorted(jia), await sorted(yi)]).toEqual([['一', '三', '二'], ['四']]);
  const split = await olga.send(`/api/v1/accounts/${jia}/split`, { contactIds: ['wm3'], name: '甲二厂' });
  const { account } = (await split.json()) as { account: { id: string } };
  expect([await sorted(jia), await sorted(account.id)]).toEqual([['一', '三'], ['二']]);
});

it('keeps who noted and who closed it when the member gets another id', async () => {
  const { anna, jia, context, platform } = await aDesk();
  const { id } = await complain(anna, jia);
  await close(anna, id);
  platform.actions.updateStaff({ userid: 'anna', newUserid: 'anna2' });
  await recordMember(context, { staffId: 'anna2', formerId: 'anna' });
  expect(await context.complaints.find(id)).toMatchObject({ openedBy: 'anna2', closedBy: 'anna2' });
});
