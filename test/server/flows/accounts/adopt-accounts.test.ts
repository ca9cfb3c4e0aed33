import { expect, it } from 'vitest';
import { adoptAccounts } from '../../../../server/flows/accounts/adopt-accounts.ts';
import { aCadenceDesk } from '../../../support/a-cadence-desk.ts';
import { databaseAt } from '../../../support/a-database.ts';

const at = (text: string) => new Date(`${text}T10:00:00+08:00`);

/** 甲 as an older version kept it: spoken to on 2 March, a date agreed on for the 18th, and an answered survey as the last touch. */
async function anOldBook(more: object = {}) {
  const desk = await aCadenceDesk();
  const { world, accountId, answer } = desk;
  const { context } = world;
  world.setNow('2026-03-05T10:00:00+08:00');
  const answerId = await answer(4);
  world.setNow('2026-03-11T10:00:00+08:00');
  const db = databaseAt(world.uri);
  const talk = {
    accountId,
    externalUserId: 'wm1',
    staffId: 'ben',
    channel: 'call',
    purpose: '回访',
    notes: '',
    outcome: null,
    isTouch: true,
  };
  const rows = [
    { _id: 'f1', ...talk, at: at('2026-03-02'), nextStep: '送样', nextOn: '2026-03-18' },
    { _id: 'f2', ...talk, at: at('2026-03-09'), nextStep: '', nextOn: '2026-03-18', isMessage: true },
  ];
  await db.collection<{ _id: string }>('followups').insertMany(rows);
  await db.collection<{ _id: string }>('answers').updateOne({ _id: answerId }, { $unset: { closure: 1 } });
  await db.collection<{ _id: string }>('accounts').updateOne(
    { _id: accountId },
    {
      $set: {
        lastTouchAt: at('2026-03-10'),
        promisedOn: '2026-03-18',
        newContactAt: null,
        detractorAt: null,
        ...more,
      },
      $unset: { marksVersion: 1, askedAt: 1, lastSignAt: 1 },
    },
  );
  return { ...desk, context, answerId };
}

it('takes an account of an older version over: its date is a promise, and a survey was no touch', async () => {
  const { context, shown } = await anOldBook();
  expect(await adoptAccounts(context)).toBe(1);
  expect(await shown()).toMatchObject({
    cadence: {
      reason: 'promise',
      dueOn: '2026-03-18',
      lastTouchAt: at('2026-03-09').toISOString(),
      lastSignAt: at('2026-03-05').toISOString(),
    },
    promises: [{ text: '送样', day: '2026-03-18' }],
    nps: { waiting: [], latest: { closure: { action: expect.stringContaining('按当时的规则') } } },
  });
});

it('keeps waiting who waited', async () => {
  const { context, shown, answerId } = await anOldBook({ detractorAt: at('2026-03-05') });
  await adoptAccounts(context);
  expect(await shown()).toMatchObject({
    cadence: { state: 'overdue', reason: 'detractor' },
    nps: { waiting: [{ answerId }] },
  });
});

it('does so once', async () => {
  const { context, shown } = await anOldBook();
  await adoptAccounts(context);
  const before = await shown();
  expect(await adoptAccounts(context)).toBe(0);
  expect(await shown()).toEqual(before);
});

it('shows the account before it was taken over, too', async () => {
  const { shown } = await anOldBook();
  expect((await shown()).cadence).toMatchObject({ reason: 'promise', dueOn: '2026-03-18', lastSignAt: null });
});
