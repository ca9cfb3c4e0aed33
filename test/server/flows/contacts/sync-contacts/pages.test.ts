import { expect, it } from 'vitest';
import { syncContacts, type SyncProgress } from '../../../../../server/flows/contacts/sync-contacts.ts';
import { WecomError } from '../../../../../server/wecom/client/error.ts';
import { aSyncShelf, customersOf } from '../../../../support/a-sync-shelf.ts';

const PATH = '/cgi-bin/externalcontact/batch/get_by_user';
const refusal = (errcode: number) => new WecomError(errcode, 'refused', PATH);

it('writes nothing of a book that is as we have it', async () => {
  const { context, writes } = await aSyncShelf([...customersOf('anna', 150), ...customersOf('ben', 3)]);
  await syncContacts(context, ['anna', 'ben']);
  const documents = (name: string) =>
    writes.filter(({ collection }) => collection === name).reduce((sum, write) => sum + write.documents, 0);
  expect([documents('contacts'), documents('relations')]).toEqual([153, 153]);
  writes.length = 0;
  const { counts } = await syncContacts(context, ['anna', 'ben'], { isFull: true });
  expect([counts.rows, writes]).toEqual([153, []]);
});

it('writes what differs and nothing else', async () => {
  const { context, scene, writes } = await aSyncShelf(customersOf('anna', 150));
  await syncContacts(context, ['anna']);
  writes.length = 0;
  scene.book[3] = {
    ...customersOf('anna', 4)[3],
    staffId: 'anna',
    externalUserId: 'wm-anna-3',
    remark: '新',
  };
  scene.book[120] = { staffId: 'anna', externalUserId: 'wm-anna-120', name: '\u202b改名🌸' };
  const { counts } = await syncContacts(context, ['anna'], { isFull: true });
  expect(counts).toMatchObject({ rows: 150, added: 0, changed: 2 });
  expect(writes.map(({ collection }) => collection).sort()).toEqual(['contacts', 'relations']);
  expect((await context.contacts.find('wm-anna-120'))?.name).toBe('\u202b改名🌸');
});

it('counts by member, and only those of whom something differs', async () => {
  const { context, scene } = await aSyncShelf([...customersOf('anna', 2), ...customersOf('ben', 1)]);
  const first = await syncContacts(context, ['anna', 'ben', 'carl']);
  expect(first.perStaff.map(({ staffId, added }) => [staffId, added]).sort()).toEqual([
    ['anna', 2],
    ['ben', 1],
  ]);
  scene.book.push(...customersOf('carl', 1));
  const second = await syncContacts(context, ['anna', 'ben', 'carl'], { isFull: true });
  expect(second.perStaff).toMatchObject([{ staffId: 'carl', added: 1, rows: 1 }]);
});

it('keeps a customer of six hundred members once, with six hundred followers', async () => {
  const staffIds = Array.from({ length: 600 }, (_, n) => `s${n}`);
  const { context } = await aSyncShelf(staffIds.map((staffId) => ({ staffId, externalUserId: 'wmBig' })));
  expect((await syncContacts(context, staffIds)).counts).toMatchObject({ rows: 600, added: 600 });
  expect(await context.relations.ofContact('wmBig')).toHaveLength(600);
  const again = await syncContacts(context, staffIds, { isFull: true });
  expect(again.counts).toMatchObject({ rows: 600, added: 0, changed: 0 });
});

it('bears rows that are told twice, and rows of members it did not ask for', async () => {
  const { context, scene } = await aSyncShelf(customersOf('anna', 120));
  scene.book.push(...customersOf('anna', 1));
  const stranger = { ...customersOf('anna', 1)[0], externalUserId: 'wmX', staffId: 'ANNA' };
  scene.book.push(stranger);
  const { counts } = await syncContacts(context, ['anna']);
  expect(counts).toMatchObject({ added: 121 });
  expect(await context.relations.countActive()).toBe(121);
});

it('takes two ways of writing a member’s id for one member', async () => {
  const { context, scene } = await aSyncShelf(customersOf('ZhangSan', 2));
  await syncContacts(context, ['ZhangSan']);
  scene.book.splice(0, 2, ...scene.book.map((row) => ({ ...row, staffId: 'zhangsan' })));
  const { counts } = await syncContacts(context, ['zhangsan'], { isFull: true });
  expect(counts).toMatchObject({ rows: 2, added: 0, changed: 0 });
  expect(await context.syncs.countMissing((await context.syncs.latest())?._id ?? '')).toBe(0);
  expect([...(await context.relations.countActiveByStaff())]).toEqual([['ZhangSan', 2]]);
});

it('reads a batch once more from the start when WeCom refuses the cursor, but not for ever', async () => {
  const { context, scene } = await aSyncShelf(customersOf('anna', 250));
  let refusals = 1;
  scene.before = (_, page) => {
    if (page === 2 && (refusals -= 1) >= 0) throw refusal(50100);
  };
  expect((await syncContacts(context, ['anna'])).counts).toMatchObject({ rows: 250, added: 250 });
  expect(scene.asked).toHaveLength(6);
  refusals = 2;
  await expect(syncContacts(context, ['anna'], { isFull: true })).rejects.toThrow('50100');
});

it('loses nobody of members whom WeCom keeps back for want of a licence, and says so', async () => {
  const { context, scene } = await aSyncShelf([...customersOf('anna', 30), ...customersOf('ben', 2)]);
  await syncContacts(context, ['anna', 'ben']);
  scene.unlicensed = ['anna'];
  scene.book.splice(0, 30);
  const run = await syncContacts(context, ['anna', 'ben'], { isFull: true });
  expect(run.counts).toMatchObject({ rows: 2, suspicious: 0 });
  expect(await context.syncs.countMissing(run._id)).toBe(0);
  expect(await context.notices.open()).toMatchObject([{ kind: 'sync-unlicensed' }]);
  scene.unlicensed = [];
  await syncContacts(context, ['anna', 'ben'], { isFull: true });
  expect(await context.notices.open()).toEqual([]);
});

it('takes 701008 for a batch in which nobody has a licence', async () => {
  const { context, scene } = await aSyncShelf(customersOf('anna', 3));
  await syncContacts(context, ['anna']);
  scene.before = () => {
    throw refusal(701008);
  };
  const run = await syncContacts(context, ['anna'], { isFull: true });
  expect([run.counts.rows, await context.syncs.countMissing(run._id)]).toEqual([0, 0]);
  expect(await context.notices.open()).toHaveLength(1);
});

it('brings nobody back who left while their page was on its way', async () => {
  const { context, scene } = await aSyncShelf(customersOf('anna', 2));
  await syncContacts(context, ['anna']);
  const key = { staffId: 'anna', externalUserId: 'wm-anna-1' };
  await context.relations.lose(key, 'by_staff', new Date(scene.now.getTime() + 1));
  const run = await syncContacts(context, ['anna'], { isFull: true });
  expect(run.counts).toMatchObject({ rows: 2, changed: 0 });
  expect(await context.relations.find(key)).toMatchObject({ lostBy: 'by_staff' });
});

it('tells how far it is', async () => {
  const { context } = await aSyncShelf([...customersOf('anna', 101), ...customersOf('ben', 1)]);
  const told: SyncProgress[] = [];
  await syncContacts(context, ['anna', 'ben'], { tell: (progress) => told.push(progress) });
  expect(told.at(-1)).toEqual({ doneStaff: 2, staff: 2, rows: 102 });
  expect(told).toHaveLength(4);
});
