import { expect, it } from 'vitest';
import { importAccounts } from '../../../../server/flows/accounts/import-accounts.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { aCustomer, aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

const [SUZHOU, SHENZHEN] = ['华星精密（苏州）有限公司', '深圳华星电子有限公司'];

/** Four people: two companies of one short name, one colleague of whom only the short name is told, and somebody else. */
async function aBook() {
  const followings: Following[] = ['wm1', 'wm2', 'wm3', 'wm4'].map((id) => ['anna', id, '']);
  const told: Record<string, object> = {
    wm1: { type: 2, corpName: '华星', corpFullName: SUZHOU },
    wm2: { type: 2, corpName: '华星', corpFullName: SHENZHEN },
    wm3: { type: 2, corpName: '华星', corpFullName: SHENZHEN },
    wm4: { type: 2, corpName: '启明' },
  };
  const corp = aTeamCorp(followings);
  return aSyncedWorld({
    corp: {
      ...corp,
      customers: corp.customers.map((each) => ({
        ...aCustomer(each.externalUserId),
        ...told[each.externalUserId],
      })),
    },
  });
}
const accountOf = async ({ context }: LivingWorld, externalUserId: string) =>
  context.accounts.find((await context.contacts.find(externalUserId))?.accountId ?? '');
const order = (external_id: string, account: string) => ({
  external_id,
  account,
  amount_yuan: '100',
  paid_on: '2026-03-01',
});

it('keeps two companies of one short name apart by their legal names, and colleagues together', async () => {
  const world = await aBook();
  const [suzhou, shenzhen, colleague, qiming] = [
    await accountOf(world, 'wm1'),
    await accountOf(world, 'wm2'),
    await accountOf(world, 'wm3'),
    await accountOf(world, 'wm4'),
  ];
  expect(suzhou).toMatchObject({ legalName: SUZHOU, isSolo: false });
  expect(shenzhen).toMatchObject({ legalName: SHENZHEN, isSolo: false });
  expect(suzhou?._id).not.toBe(shenzhen?._id);
  expect(colleague?._id).toBe(shenzhen?._id);
  expect(qiming).toMatchObject({ name: '启明' });
});

it('finds the customer of an order by legal name first, and makes no other account', async () => {
  const world = await aBook();
  const before = await world.context.accounts.countLiving();
  const rows = [order('1', '华星精密(苏州) 有限公司'), order('2', SHENZHEN), order('3', '启明')];
  const report = await importOrders(world.context, rowsOf(rows));
  expect(report).toMatchObject({ created: 3, rejected: [], newCustomers: [] });
  expect(await world.context.accounts.countLiving()).toBe(before);
  const whose = async (id: string) => (await world.context.orders.findMany([id]))[0]?.accountId;
  expect(await whose('1')).toBe((await accountOf(world, 'wm1'))?._id);
  expect(await whose('2')).toBe((await accountOf(world, 'wm2'))?._id);
});

it('takes a customer file with legal names for the accounts that WeCom told of, and leaves what they are called', async () => {
  const world = await aBook();
  const [one] = [await accountOf(world, 'wm1')];
  const rows = [
    { name: SUZHOU, external_id: 'K1', industry: '精密' },
    { name: SHENZHEN, external_id: 'K2' },
  ];
  const report = await importAccounts(world.context, rowsOf(rows));
  expect(report).toMatchObject({ created: 0, changed: 2, rejected: [] });
  expect(await accountOf(world, 'wm1')).toMatchObject({
    name: one?.name,
    externalId: 'K1',
    industry: '精密',
  });
  expect(await importAccounts(world.context, rowsOf(rows))).toMatchObject({ unchanged: 2 });
});

it('learns the legal name of an account that is called by the short name only', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '华星'],
      ['ben', 'wm2', ''],
    ]),
  });
  const customer = world.platform.state.corp.customers.find((each) => each.externalUserId === 'wm2');
  Object.assign(customer ?? {}, { type: 2, corpName: '华星', corpFullName: SUZHOU });
  world.platform.actions.editRemark({ userid: 'ben', externalUserId: 'wm2', remark: '张工' });
  await world.settled();
  const account = await accountOf(world, 'wm2');
  expect(account?._id).toBe((await accountOf(world, 'wm1'))?._id);
  expect(account).toMatchObject({ name: '华星', legalName: SUZHOU });
});
