import { expect, it } from 'vitest';
import type { NewTransfer } from '../../../server/store/transfers.ts';
import { aShelf } from '../../support/a-shelf.ts';

const NOW = new Date('2026-03-11T10:00:00+08:00');
const asked = (externalUserId: string, more: Partial<NewTransfer> = {}): NewTransfer => ({
  kind: 'on_job',
  handoverId: 'ben',
  takeoverId: 'anna',
  externalUserId,
  accountId: null,
  askedBy: 'lena',
  askedAt: NOW,
  ...more,
});

it('gives the right to each contact to one of many who ask at once', async () => {
  const { transfers } = await aShelf();
  const wishes = ['wm1', 'wm2', 'wm3'].map((id) => asked(id));
  const claims = await Promise.all([1, 2, 3, 4, 5].map(() => transfers.claim(wishes)));
  expect(
    claims
      .flat()
      .map(({ _id }) => _id)
      .toSorted(),
  ).toEqual(['ben:wm1:1', 'ben:wm2:1', 'ben:wm3:1']);
});

it('gives it again only when the last attempt is over', async () => {
  const { transfers } = await aShelf();
  const [first] = await transfers.claim([asked('wm1')]);
  for (const state of ['asked', 'waiting'] as const) {
    await transfers.settle(first?._id ?? '', { state });
    expect(await transfers.claim([asked('wm1', { takeoverId: 'carl' })])).toEqual([]);
  }
  await transfers.settle(first?._id ?? '', { state: 'refused', settledAt: NOW });
  expect(await transfers.claim([asked('wm1'), asked('wm2')])).toMatchObject([
    { _id: 'ben:wm1:2', attempt: 2 },
    { _id: 'ben:wm2:1' },
  ]);
});

it('keeps what was settled, and gives back only what was not asked for', async () => {
  const { transfers } = await aShelf();
  await transfers.claim(['wm1', 'wm2'].map((id) => asked(id)));
  await transfers.settle('ben:wm1:1', { state: 'done', settledAt: NOW });
  await transfers.settle('ben:wm1:1', { state: 'refused' });
  await transfers.release(['ben:wm1:1', 'ben:wm2:1']);
  expect(await transfers.list({ limit: 10 })).toMatchObject([{ _id: 'ben:wm1:1', state: 'done' }]);
});

it('counts as moved on the job what was started since then, whoever gave it', async () => {
  const { transfers } = await aShelf();
  const earlier = new Date(NOW.getTime() - 1);
  await transfers.claim([
    asked('wm1'),
    asked('wm1', { handoverId: 'carl' }),
    asked('wm1', { handoverId: 'dora', askedAt: earlier }),
    asked('wm1', { handoverId: 'eve', kind: 'resigned' }),
    asked('wm2'),
  ]);
  await transfers.settle('ben:wm2:1', { state: 'refused' });
  expect(await transfers.movedSince(['wm1', 'wm2'], NOW)).toEqual(new Map([['wm1', [NOW, NOW]]]));
});

it('knows between whom something is open', async () => {
  const { transfers } = await aShelf();
  await transfers.claim([asked('wm1'), asked('wm2'), asked('wm3', { takeoverId: 'carl', kind: 'resigned' })]);
  await transfers.settle('ben:wm1:1', { state: 'waiting' });
  expect(await transfers.openPairs()).toEqual([
    { kind: 'on_job', handoverId: 'ben', takeoverId: 'anna' },
    { kind: 'resigned', handoverId: 'ben', takeoverId: 'carl' },
  ]);
  await transfers.settle('ben:wm3:1', { state: 'full' });
  expect(await transfers.openPairs()).toHaveLength(1);
});

it('lists the latest first, by state, and of some members only', async () => {
  const { transfers } = await aShelf();
  const later = new Date(NOW.getTime() + 1);
  await transfers.claim([
    asked('wm1'),
    asked('wm2', { handoverId: 'carl', takeoverId: 'dora', askedAt: later }),
  ]);
  const ids = async (wanted: Partial<Parameters<typeof transfers.list>[0]>) =>
    (await transfers.list({ limit: 10, ...wanted })).map(({ _id }) => _id);
  expect(await ids({})).toEqual(['carl:wm2:1', 'ben:wm1:1']);
  expect(await ids({ limit: 1 })).toEqual(['carl:wm2:1']);
  expect(await ids({ staffIds: ['anna'] })).toEqual(['ben:wm1:1']);
  expect(await ids({ staffIds: ['carl'] })).toEqual(['carl:wm2:1']);
  expect(await ids({ staffIds: [] })).toEqual([]);
  expect(await ids({ state: 'done' })).toEqual([]);
});
