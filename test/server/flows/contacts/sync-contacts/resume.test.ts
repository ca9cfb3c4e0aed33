import { expect, it } from 'vitest';
import { syncContacts } from '../../../../../server/flows/contacts/sync-contacts.ts';
import { endSync } from '../../../../../server/flows/syncs/end-sync.ts';
import { aSyncShelf, customersOf } from '../../../../support/a-sync-shelf.ts';

const STAFF = ['anna', 'ben', 'carl', 'dora', 'emil', 'fina'];
const everybody = () => STAFF.flatMap((staffId) => customersOf(staffId, 3));
const HOUR_MS = 3_600_000;

/** A process that dies when it is about to read the first page of `staffId`. */
async function diesAt(staffId: string) {
  const { context, scene } = await aSyncShelf(everybody());
  scene.before = (staffIds) => {
    if (staffIds.includes(staffId)) throw new Error('killed');
  };
  await expect(syncContacts(context, STAFF)).rejects.toThrow('killed');
  scene.before = () => undefined;
  const done = (await context.syncs.latest())?.doneStaff ?? [];
  const asked = scene.asked.splice(0).flat();
  return { context, scene, done, asked };
}

it('goes on where it was cut short: nobody who is done is asked again', async () => {
  const { context, scene, done } = await diesAt('emil');
  expect(done.length).toBeGreaterThan(0);
  expect(done).not.toContain('emil');
  const run = await syncContacts(context, STAFF);
  expect(scene.asked.flat().sort()).toEqual(STAFF.filter((staffId) => !done.includes(staffId)));
  expect(run.doneStaff.toSorted()).toEqual(STAFF);
  expect(run.counts).toMatchObject({ rows: 18, added: 18, changed: 0 });
  expect(await context.syncs.list(5)).toHaveLength(1);
});

it('ends with the same report as a run that was never cut short', async () => {
  const { context } = await diesAt('dora');
  const run = await endSync(context, (await syncContacts(context, STAFF))._id);
  expect(run.state).toBe('done');
  expect(run.perStaff.map(({ staffId, added }) => [staffId, added])).toEqual(STAFF.map((id) => [id, 3]));
});

it('does not take the finished half of a member for the whole', async () => {
  const { context, scene } = await aSyncShelf(customersOf('anna', 250));
  scene.before = (_, page) => {
    if (page === 2) throw new Error('killed');
  };
  await expect(syncContacts(context, ['anna'])).rejects.toThrow('killed');
  const cut = await context.syncs.latest();
  expect(cut).toMatchObject({ state: 'running', doneStaff: [], counts: { rows: 0 } });
  scene.before = () => undefined;
  const run = await syncContacts(context, ['anna']);
  expect(run.counts).toMatchObject({ rows: 250, added: 250 });
});

it.each([
  ['within the night', 20 * HOUR_MS - 1, false, 1],
  ['the next night', 20 * HOUR_MS, false, 2],
  ['when everything is asked for anew', 0, true, 2],
])('%s: takes up or begins anew', async (...[, ms, isFull, runs]) => {
  const { context, scene } = await diesAt('fina');
  scene.now = new Date(scene.now.getTime() + ms);
  const run = await syncContacts(context, STAFF, { isFull });
  expect(await context.syncs.list(5)).toHaveLength(runs);
  expect(run.doneStaff).toHaveLength(STAFF.length);
  expect(run.isFull).toBe(isFull);
});

it('begins anew after a run that ended', async () => {
  const { context, scene } = await aSyncShelf(everybody());
  await endSync(context, (await syncContacts(context, STAFF))._id);
  scene.asked.length = 0;
  await endSync(context, (await syncContacts(context, STAFF))._id);
  expect(scene.asked.flat().sort()).toEqual(STAFF);
  expect(await context.syncs.list(5)).toHaveLength(2);
});

it('has several lanes on the first run, and names all members in one call afterwards', async () => {
  const { context, scene } = await aSyncShelf(everybody());
  await endSync(context, (await syncContacts(context, STAFF))._id);
  expect(scene.asked).toHaveLength(6);
  scene.asked.length = 0;
  await syncContacts(context, STAFF);
  expect(scene.asked).toEqual([STAFF]);
});
