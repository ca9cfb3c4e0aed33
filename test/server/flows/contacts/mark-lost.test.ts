import { expect, it } from 'vitest';
import { markLost } from '../../../../server/flows/contacts/mark-lost.ts';
import { detectUnlistedRelations } from '../../../../server/flows/contacts/detect-unlisted-relations.ts';
import { syncContacts, type SyncOptions } from '../../../../server/flows/contacts/sync-contacts.ts';
import { endSync } from '../../../../server/flows/syncs/end-sync.ts';
import { aSyncShelf, customersOf, type SyncAnswers } from '../../../support/a-sync-shelf.ts';

const STAFF = ['anna', 'ben'];

/** A book that was read once. */
async function aReadBook(book: SyncAnswers[], staffIds: readonly string[] = STAFF) {
  const { context, scene } = await aSyncShelf(book);
  const sync = async (options: SyncOptions = {}, ids: readonly string[] = staffIds) => {
    scene.now = new Date(scene.now.getTime() + 86_400_000);
    const read = await syncContacts(context, ids, options);
    const run = await detectUnlistedRelations(context, read, { staffIds: ids, ...options });
    await markLost(context, run, options);
    return endSync(context, run._id);
  };
  await sync();
  const active = () => context.relations.countActive();
  return { context, scene, sync, active };
}

it.each([
  [21, 11, 0, 11],
  [21, 10, 10, 0],
  [20, 20, 20, 0],
])(
  'of %i customers of a member %i are missing: %i are lost, %i doubted',
  async (...[known, missing, lost, doubted]) => {
    const { scene, sync, active } = await aReadBook([
      ...customersOf('ben', 30),
      ...customersOf('anna', known),
    ]);
    scene.book.splice(30, missing);
    const run = await sync();
    expect(run.counts).toMatchObject({ lost, suspicious: doubted });
    expect(run.state).toBe(doubted > 0 ? 'stopped' : 'done');
    expect(await active()).toBe(30 + known - lost);
  },
);

it('doubts one member and believes the others', async () => {
  const { scene, sync } = await aReadBook([...customersOf('ben', 40), ...customersOf('anna', 30)]);
  scene.book.splice(0, 1);
  scene.book.splice(-30);
  const run = await sync();
  expect(run.perStaff).toMatchObject([
    { staffId: 'anna', lost: 0, suspicious: 30 },
    { staffId: 'ben', lost: 1, suspicious: 0 },
  ]);
});

it('doubts the whole answer when small losses of many members add up', async () => {
  const staffIds = Array.from({ length: 6 }, (_, n) => `s${n}`);
  const { scene, sync, active } = await aReadBook(
    staffIds.flatMap((staffId) => customersOf(staffId, 4)),
    staffIds,
  );
  scene.book.splice(0, 13);
  const run = await sync();
  expect(run.counts).toMatchObject({ lost: 0, suspicious: 13 });
  expect(run.perStaff.map(({ suspicious }) => suspicious)).toEqual([4, 4, 4, 1]);
  expect([await active(), scene.gets]).toEqual([24, []]);
});

it('doubts an answer without any member at all', async () => {
  const { scene, sync, active } = await aReadBook(customersOf('anna', 30));
  expect((await sync({}, [])).state).toBe('stopped');
  expect([await active(), scene.gets]).toEqual([30, []]);
});

it('tells administrators until the answer is believed or complete again', async () => {
  const { context, scene, sync, active } = await aReadBook(customersOf('anna', 30));
  const gone = scene.book.splice(0, 20);
  expect((await sync()).warning).toContain('20 条');
  expect(await context.notices.open()).toMatchObject([{ kind: 'sync-suspicious', times: 1 }]);
  scene.book.push(...gone);
  expect(await sync()).toMatchObject({ state: 'done', warning: null });
  expect(await context.notices.open()).toEqual([]);
  expect(await active()).toBe(30);
});

it('believes even that when it is told to, after asking for each by name', async () => {
  const { context, scene, sync, active } = await aReadBook(customersOf('anna', 30));
  const gone = scene.book.splice(0, 20);
  await sync();
  const run = await sync({ acceptsLosses: true });
  expect(run).toMatchObject({ state: 'done', counts: { lost: 20, suspicious: 0 } });
  expect(scene.gets.toSorted()).toEqual(gone.map(({ externalUserId }) => externalUserId).sort());
  expect([await active(), await context.notices.open()]).toEqual([10, []]);
});

it('asks for a customer of many members once, and loses only those who are gone', async () => {
  const staffIds = Array.from({ length: 15 }, (_, n) => `s${n}`);
  const shared = staffIds.map((staffId) => ({ staffId, externalUserId: 'wmShared' }));
  const { context, scene, sync } = await aReadBook(shared, staffIds);
  scene.book.splice(12);
  const run = await sync();
  expect([run.counts.lost, scene.gets]).toEqual([3, ['wmShared']]);
  expect(await context.relations.find({ staffId: 's14', externalUserId: 'wmShared' })).toMatchObject({
    lostBy: 'gone',
  });
});

it('asks by name for whom a member followed who is no longer told of', async () => {
  const { context, scene, sync } = await aReadBook([...customersOf('anna', 60), ...customersOf('ben', 20)]);
  const [still] = scene.book.splice(60);
  if (still) scene.book.push({ ...still, staffId: 'BEN' });
  const run = await sync({}, ['anna']);
  expect(run).toMatchObject({ state: 'done', counts: { lost: 19 } });
  expect(await context.relations.find({ staffId: 'ben', externalUserId: 'wm-ben-0' })).toMatchObject({
    lostAt: null,
  });
});

it('keeps what it has found when asking is cut short, and goes on the next time', async () => {
  const { context, scene, sync } = await aReadBook([...customersOf('anna', 60), ...customersOf('ben', 5)]);
  scene.book.splice(60);
  const gets = { left: 2 };
  const { get } = context.wecom.contacts;
  context.wecom.contacts.get = async (id) => {
    if ((gets.left -= 1) < 0) throw new Error('killed');
    return get(id);
  };
  await expect(sync()).rejects.toThrow('killed');
  const cut = await context.syncs.latest();
  expect(cut).toMatchObject({ state: 'running', counts: { lost: 2 } });
  gets.left = 9;
  scene.now = new Date(scene.now.getTime() - 86_400_000);
  const run = await sync();
  expect(run).toMatchObject({ _id: cut?._id, state: 'done', counts: { lost: 5 } });
  expect(await context.syncs.countMissing(run._id)).toBe(0);
});
