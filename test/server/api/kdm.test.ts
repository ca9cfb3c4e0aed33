import { expect, it } from 'vitest';
import type { KdmDraft, KdmHistory, OrgChartView } from '../../../server/api/contract/kdm.ts';
import { aTeamCorp, type Following } from '../../support/a-team-corp.ts';
import { anEdit } from '../../support/an-edit.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { aSyncedWorld, type LivingWorld } from '../../support/a-world.ts';

const people: Following[] = [
  ['anna', 'wm1', '甲'],
  ['ben', 'wm1', '甲'],
  ['ben', 'wm2', '甲'],
  ['ben', 'wm3', '乙'],
];
const aWorldOfThree = () => aSyncedWorld({ corp: aTeamCorp(people) });

const save = (visitor: Visitor, edit: KdmDraft, id = 'wm1') =>
  visitor.send(`/api/v1/contacts/${id}/kdm`, edit);
const historyOf = async (visitor: Visitor, query = '') =>
  (await visitor.read(`/api/v1/contacts/wm1/kdm/changes${query}`)) as KdmHistory;
const kdmOf = async (visitor: Visitor) => {
  const { kdm } = (await visitor.read('/api/v1/contacts/wm1/profile')) as { kdm: Record<string, unknown> };
  return kdm;
};
const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string; details?: unknown } };
  return { status: answer.status, code: error.code, details: error.details };
};

async function chartOf({ context }: LivingWorld, visitor: Visitor): Promise<OrgChartView> {
  const contact = await context.contacts.find('wm1');
  return (await visitor.read(`/api/v1/accounts/${contact?.accountId}/org-chart`)) as OrgChartView;
}

it('saves a profile, confirms it by that, and shows it under the next version', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  const edit = anEdit({ title: ' 总监 ', superiorId: 'wm2', birthday: '1980-05-01', closeness: 'regular' });
  expect(await (await save(anna, edit)).json()).toEqual({ version: 1, changed: 4 });
  expect(await kdmOf(anna)).toMatchObject({
    title: '总监',
    superior: '客户wm2',
    superiorId: 'wm2',
    birthday: '1980-05-01',
    version: 1,
    confirmedDaysAgo: 0,
    isStale: false,
  });
});

it('keeps every change: who, when, from, to; and how closeness went over time', async () => {
  const world = await aWorldOfThree();
  const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
  await save(anna, anEdit({ superiorId: 'wm2', closeness: 'initial' }));
  world.setNow('2026-03-12T10:00:00+08:00');
  await save(ben, anEdit({ superiorId: null, closeness: 'close' }, 1));
  const { total, saves, closeness } = await historyOf(anna);
  expect(total).toBe(2);
  expect(saves.map(({ at, by, changes }) => ({ at, by: by.name, changes }))).toEqual([
    {
      at: '2026-03-12T02:00:00.000Z',
      by: 'ben',
      changes: [
        { field: 'superiorId', from: '客户wm2', to: null },
        { field: 'closeness', from: 'initial', to: 'close' },
      ],
    },
    {
      at: '2026-03-11T02:00:00.000Z',
      by: 'anna',
      changes: [
        { field: 'superiorId', from: null, to: '客户wm2' },
        { field: 'closeness', from: null, to: 'initial' },
      ],
    },
  ]);
  expect(closeness).toEqual([
    { since: null, closeness: null },
    { since: '2026-03-11T02:00:00.000Z', closeness: 'initial' },
    { since: '2026-03-12T02:00:00.000Z', closeness: 'close' },
  ]);
  expect((await historyOf(anna, '?limit=1')).saves).toHaveLength(1);
});

it('refuses who began with an older version, names who changed what, and loses nothing', async () => {
  const world = await aWorldOfThree();
  const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
  await save(ben, anEdit({ title: '总监', department: '采购部' }));
  expect(await codeOf(await save(anna, anEdit({ notes: '喜欢茶' })))).toEqual({
    status: 409,
    code: 'changed_meanwhile',
    details: { by: 'ben', fields: ['department', 'title'] },
  });
  expect(await kdmOf(anna)).toMatchObject({ title: '总监', notes: null });
});

it('lets one of many who save at once through, and keeps one record', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  const titles = ['甲', '乙', '丙', '丁', '戊'];
  const answers = await Promise.all(titles.map((title) => save(anna, anEdit({ title }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  const { saves } = await historyOf(anna);
  expect(saves.map(({ changes }) => changes[0]?.to)).toEqual([(await kdmOf(anna))['title']]);
});

it('takes the same save twice as one, so that a lost answer may be asked for again', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  await save(anna, anEdit({ title: '总监' }));
  expect(await (await save(anna, anEdit({ title: '总监' }))).json()).toEqual({ version: 1, changed: 0 });
  expect((await historyOf(anna)).total).toBe(1);
});

it('finishes a save whose process ended between the record and the profile', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  await world.context.kdmChanges.keep({
    _id: 'wm1:1',
    externalUserId: 'wm1',
    accountId: 'a',
    by: 'ben',
    at: new Date('2026-03-10T02:00:00Z'),
    changes: [{ field: 'title', from: null, to: '总监' }],
  });
  expect((await codeOf(await save(anna, anEdit({ notes: '喜欢茶' })))).code).toBe('changed_meanwhile');
  expect(await kdmOf(anna)).toMatchObject({ title: '总监', notes: null, version: 1 });
});

it('refuses what cannot be, field by field, and a superior of another account', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  const wrong = anEdit({ superiorId: 'wm3', budget: 'approves_up_to' });
  expect(await codeOf(await save(anna, wrong))).toEqual({
    status: 400,
    code: 'invalid_kdm',
    details: [
      { field: 'superiorId', message: '上级必须是同一客户的联系人，请重新选择' },
      { field: 'budgetUpToFen', message: '请填写可批的金额' },
    ],
  });
  const lacking = await anna.send('/api/v1/contacts/wm1/kdm', { version: 0, kdm: { title: '总监' } });
  expect((await codeOf(lacking)).code).toBe('invalid_body');
});

it('makes no ring, even when two who would each lead the other are saved at once', async () => {
  const world = await aWorldOfThree();
  const ben = await aMember(world.origin, 'ben');
  const answers = await Promise.all([
    save(ben, anEdit({ superiorId: 'wm2' }), 'wm1'),
    save(ben, anEdit({ superiorId: 'wm1' }), 'wm2'),
  ]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const { nodes } = await chartOf(world, ben);
  expect(nodes.map(({ depth, isCut }) => [depth, isCut])).toEqual([
    [0, false],
    [1, false],
  ]);
});

it('confirms a profile as it stood, and not one that changed meanwhile', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  await world.context.contacts.saveKdm('wm1', { title: '总监' });
  expect(await kdmOf(anna)).toMatchObject({ confirmedDaysAgo: null, isStale: true, version: 1 });
  const confirm = (version: number) => anna.send('/api/v1/contacts/wm1/kdm/confirm', { version });
  expect((await codeOf(await confirm(0))).code).toBe('changed_meanwhile');
  expect((await confirm(1)).status).toBe(200);
  expect(await kdmOf(anna)).toMatchObject({ confirmedDaysAgo: 0, isStale: false, version: 1 });
  expect((await historyOf(anna)).saves).toMatchObject([{ by: { name: 'anna' }, changes: [] }]);
});

it('shows the org chart to who may see the account', async () => {
  const world = await aWorldOfThree();
  const accountId = (await world.context.contacts.find('wm1'))?.accountId;
  const statusFor = async (staffId: string) =>
    (await (await aMember(world.origin, staffId)).go(`/api/v1/accounts/${accountId}/org-chart`)).status;
  expect([await statusFor('ben'), await statusFor('lena'), await statusFor('carl')]).toEqual([200, 200, 403]);
});

it('draws the org chart, and keeps it whole when a superior moves to another account', async () => {
  const world = await aWorldOfThree();
  const ben = await aMember(world.origin, 'ben');
  await save(ben, anEdit({ isTop: true, budget: 'final', closeness: 'close' }), 'wm2');
  await save(ben, anEdit({ superiorId: 'wm2', decisionRole: 'user', closeness: 'regular' }), 'wm1');
  expect(await chartOf(world, ben)).toMatchObject({
    accountName: '甲',
    chainGaps: ['purchaser', 'technical'],
    nodes: [
      { externalUserId: 'wm2', depth: 0, reports: 1, budget: 'final', closeness: 'close' },
      { externalUserId: 'wm1', depth: 1, reports: 0, superiorId: 'wm2', decisionRole: 'user' },
    ],
    unplaced: [],
  });
  const elsewhere = (await world.context.contacts.find('wm3'))?.accountId ?? '';
  const from = (await world.context.contacts.find('wm2'))?.accountId ?? null;
  await world.context.contacts.placeMany([{ externalUserId: 'wm2', from, accountId: elsewhere }]);
  expect(await chartOf(world, ben)).toMatchObject({ nodes: [], unplaced: [{ externalUserId: 'wm1' }] });
});

it('notes saves and confirmations in the audit log, with from and to', async () => {
  const world = await aWorldOfThree();
  const anna = await aMember(world.origin, 'anna');
  await save(anna, anEdit({ title: '总监' }));
  world.setNow('2026-03-11T10:00:01+08:00');
  await anna.send('/api/v1/contacts/wm1/kdm/confirm', { version: 1 });
  const notes = await world.context.audit.list({ subject: 'contact:wm1', limit: 10 });
  expect(notes.filter(({ act }) => act.startsWith('contact.kdm'))).toMatchObject([
    { by: 'anna', act: 'contact.kdm.confirm' },
    { by: 'anna', act: 'contact.kdm', from: { title: null }, to: { title: '总监' } },
  ]);
});
