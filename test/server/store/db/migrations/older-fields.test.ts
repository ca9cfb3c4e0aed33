import { expect, it } from 'vitest';
import * as steps from '../../../../../server/store/db/migrations/older-fields.ts';
import { aShelf } from '../../../../support/a-shelf.ts';

type Kept = { _id: string; [field: string]: unknown };
const at = new Date('2026-03-10T18:00:00Z'); // the 11th in Shanghai
const SHANGHAI = { timeZone: 'Asia/Shanghai' };

/** A collection as an earlier version kept it, and how it is after two runs of a step. */
async function after(
  step: (db: Awaited<ReturnType<typeof aShelf>>['connection'], place: typeof SHANGHAI) => Promise<void>,
  collection: string,
  older: Kept[],
) {
  const { connection } = await aShelf();
  const rows = connection.collection<Kept>(collection);
  await rows.insertMany(older);
  for (let time = 0; time < 2; time += 1) await step(connection, SHANGHAI);
  return rows.find({}).sort({ _id: 1 }).toArray();
}

it('takes a change of tier that waits for having been seen once, and leaves one that was counted', async () => {
  const older = { tier: 'head', since: '2026-03-09' };
  const counted = { ...older, runs: 3, seenOn: '2026-03-11' };
  const kept = await after(steps.countPendingRuns, 'accounts', [
    { _id: 'a1', pendingTier: older },
    { _id: 'a2', pendingTier: counted },
    { _id: 'a3', pendingTier: null },
  ]);
  expect(kept.map(({ pendingTier }) => pendingTier)).toEqual([
    { ...older, runs: 1, seenOn: '2026-03-09' },
    counted,
    null,
  ]);
});

it('takes an answer of an older version for finished, given by nobody we know, in its group since its last change', async () => {
  const given = { respondent: 'contact:wm2', isFinished: false, corrections: 2, version: 4 };
  const older = { _id: 'c:wm1', score: 3, changedAt: at };
  const whole = { _id: 'c:wm2', score: 3, changedAt: at, bandAt: new Date(0), ...given };
  const kept = await after(steps.completeAnswers, 'answers', [older, whole]);
  const absent = { respondent: null, isFinished: true, corrections: 0, version: 0 };
  expect(kept).toEqual([{ ...older, ...absent, bandAt: at }, whole]);
});

it('takes a follow-up of an older version for a touch without an outcome', async () => {
  const missed = { _id: 'f2', outcome: 'no_answer', isTouch: false };
  const kept = await after(steps.completeFollowUps, 'followups', [{ _id: 'f1' }, missed]);
  expect(kept).toEqual([{ _id: 'f1', outcome: null, isTouch: true }, missed]);
});

it("dates an older merge by the corp's calendar", async () => {
  const kept = await after(steps.dateMerges, 'merges', [
    { _id: 'm1', at },
    { _id: 'm2', at, on: '2026-01-01' },
  ]);
  expect(kept.map(({ on }) => on)).toEqual(['2026-03-11', '2026-01-01']);
});

it('gives a contact of an older version an empty legal name', async () => {
  const kept = await after(steps.completeContacts, 'contacts', [
    { _id: 'wm1' },
    { _id: 'wm2', corpFullName: '甲公司' },
  ]);
  expect(kept.map(({ corpFullName }) => corpFullName)).toEqual(['', '甲公司']);
});

it('drops the versions of relations, of more than one batch of them', async () => {
  const older = Array.from({ length: 1201 }, (_, n) => ({ _id: `r${n}`, __v: 0 }));
  const kept = await after(steps.dropRelationVersions, 'relations', older);
  expect([kept.length, kept.filter((row) => '__v' in row).length]).toEqual([1201, 0]);
});
