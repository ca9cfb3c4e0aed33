import { expect, it } from 'vitest';
import type { KdmRow } from '../../../../server/domain/contacts/kdm-row.ts';
import { importKdm } from '../../../../server/flows/contacts/import-kdm.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

const aBook = () =>
  aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['anna', 'wm2', '甲'],
      ['ben', 'wm3', '乙'],
    ]),
  });
const load = ({ context }: LivingWorld, rows: KdmRow[], isDryRun = false) =>
  importKdm(context, rowsOf(rows), {
    by: 'import',
    via: 'import',
    isDryRun,
  });
const kdmOf = async ({ context }: LivingWorld, id: string) => (await context.contacts.find(id))?.kdm;

it('fills profiles of contacts, keeps every change, and changes nothing when repeated', async () => {
  const world = await aBook();
  const rows = [
    { external_userid: 'wm1', title: '部长', superior: '客户wm2', mobile: '13800000000' },
    { external_userid: 'wm2', is_top: '是' },
  ];
  expect(await load(world, rows)).toMatchObject({ imported: 2, changed: 2, rejected: [] });
  expect(await kdmOf(world, 'wm1')).toMatchObject({
    title: '部长',
    superiorId: 'wm2',
    confirmedAt: world.context.now(),
  });
  const [save] = await world.context.kdmChanges.latestOf('wm1', 9);
  expect(save).toMatchObject({ by: 'import', changes: [{ field: 'title', to: '部长' }, {}, {}] });
  expect(await load(world, rows)).toMatchObject({ changed: 0, unchanged: 2 });
  expect(await world.context.kdmChanges.countOf('wm1')).toBe(1);
});

it('refuses who is not known, who belongs to nobody, and what the sidebar would refuse', async () => {
  const world = await aBook();
  const facts = { name: '', type: 1, position: '', corpName: '', corpFullName: '' };
  await world.context.contacts.saveFacts([{ _id: 'wm9', ...facts }]);
  const { rejected } = await load(world, [
    { external_userid: 'wmNobody', title: '部长' },
    { external_userid: 'wm9', title: '部长' },
    { external_userid: 'wm1', superior: 'wm3' },
    { external_userid: 'wm2', email: 'nowhere', birthday: '2027-01-01' },
    { external_userid: 'wm3', title: '部长' },
    { external_userid: 'wm3', title: '经理' },
  ]);
  expect(rejected).toEqual([
    { line: 2, id: 'wmNobody', reasons: ['联系人“wmNobody”不存在，请先同步企业微信客户'] },
    { line: 3, id: 'wm9', reasons: ['该联系人还没有归入客户'] },
    { line: 4, id: 'wm1', reasons: ['上级必须是同一客户的联系人，请重新选择'] },
    { line: 5, id: 'wm2', reasons: ['生日不能晚于今天', '邮箱不对：应类似 name@company.com'] },
    { line: 7, id: 'wm3', reasons: ['联系人编号与第 6 行重复'] },
  ]);
});

it.each([true, false])(
  'refuses a ring of superiors that a file would make, dry run: %s',
  async (isDryRun) => {
    const world = await aBook();
    const { changed, rejected } = await load(
      world,
      [
        { external_userid: 'wm1', superior: 'wm2' },
        { external_userid: 'wm2', superior: 'wm1' },
      ],
      isDryRun,
    );
    expect(changed).toBe(1);
    expect(rejected).toMatchObject([{ line: 3, reasons: [expect.stringContaining('本来就是此人的下级')] }]);
    expect((await kdmOf(world, 'wm1'))?.superiorId ?? null).toBe(isDryRun ? null : 'wm2');
  },
);

it('reports a profile that a colleague saves at the same time, and goes on', async () => {
  const world = await aBook();
  const { contacts } = world.context;
  const ofAccounts: typeof contacts.ofAccounts = async (ids) => {
    const found = await contacts.ofAccounts(ids);
    await contacts.saveKdm('wm1', { title: '厂长' }); // somebody is faster than the import
    return found;
  };
  const report = await importKdm(
    { ...world.context, contacts: { ...contacts, ofAccounts } },
    rowsOf([
      { external_userid: 'wm1', title: '部长' },
      { external_userid: 'wm3', title: '经理' },
    ]),
    { by: 'import', via: 'import' },
  );
  expect(report).toMatchObject({ changed: 1, rejected: [{ id: 'wm1', reasons: [expect.any(String)] }] });
  expect(await kdmOf(world, 'wm1')).toEqual({ title: '厂长' });
});
