import { expect, it } from 'vitest';
import { WARNING_LEVELS, type WarningLevel } from '../../../server/domain/warnings/kinds.ts';
import type { WarningFilter } from '../../../server/store/warnings.ts';
import { aShelf } from '../../support/a-shelf.ts';

const MINUTE_MS = 60_000;
const start = new Date('2026-03-11T02:00:00Z').getTime();
const ALL: WarningFilter = { forIds: null, state: 'unresolved', before: null };

/** Warnings of anna and ben, one a minute, in levels that go round: low, high, medium, low … */
async function aBook(count: number) {
  const shelf = await aShelf();
  const { warnings } = shelf;
  const raise = async (at: number) => {
    const level: WarningLevel = (['low', 'high', 'medium'] as const)[at % 3] ?? 'low';
    const finding = {
      kind: 'detractor' as const,
      subject: `wm${at}`,
      contactId: null,
      text: `${at}`,
      inputs: {},
      boundary: null,
      isFresh: true,
    };
    const about = { accountId: `a${at}`, forIds: [at % 2 ? 'anna' : 'ben'], heirId: null, untold: [] };
    const [raised] = await warnings.raise([{ ...about, level, finding }], new Date(start + at * MINUTE_MS));
    return raised?.id ?? '';
  };
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push(await raise(at));
  const textsOf = async (filter: Partial<WarningFilter>, limit = 99) =>
    (await warnings.list({ ...ALL, ...filter }, limit)).map(({ level, text }) => `${level} ${text}`);
  return { ...shelf, ids, textsOf };
}

it('lists the gravest first, and of one level the latest', async () => {
  const { textsOf } = await aBook(7);
  const expected = ['high 4', 'high 1', 'medium 5', 'medium 2', 'low 6', 'low 3', 'low 0'];
  expect(await textsOf({})).toEqual(expected);
  expect(await textsOf({}, 3)).toEqual(expected.slice(0, 3));
});

it('keeps that order whose they are and whatever is asked for', async () => {
  const { textsOf, warnings, ids } = await aBook(7);
  expect(await textsOf({ forIds: ['anna'] })).toEqual(['high 1', 'medium 5', 'low 3']);
  expect(await textsOf({ forIds: ['anna', 'ben'], level: 'low' })).toEqual(['low 6', 'low 3', 'low 0']);
  await warnings.settle(ids[4] ?? '', { state: 'acknowledged' });
  await warnings.settle(ids[5] ?? '', { state: 'resolved' });
  expect(await textsOf({})).toEqual(['high 4', 'high 1', 'medium 2', 'low 6', 'low 3', 'low 0']);
  expect(await textsOf({ state: 'acknowledged' })).toEqual(['high 4']);
  expect(await textsOf({ state: 'resolved' })).toEqual(['medium 5']);
  expect(await textsOf({ state: 'open', accountId: 'a2' })).toEqual(['medium 2']);
});

it.each([1, 2, 3, 4, 10])('comes page by page, %i at a time, as it comes at once', async (size) => {
  const { warnings, textsOf, ids } = await aBook(10);
  await warnings.settle(ids[1] ?? '', { state: 'acknowledged' });
  const seen: string[] = [];
  let before: WarningFilter['before'] = null;
  for (;;) {
    const page = await warnings.list({ ...ALL, before }, size);
    seen.push(...page.map(({ level, text }) => `${level} ${text}`));
    const last = page.at(-1);
    if (!last || page.length < size) break;
    before = { level: last.level, raisedAt: last.raisedAt, id: last._id };
  }
  expect(seen).toEqual(await textsOf({}));
  expect(new Set(seen).size).toBe(10);
});

it('looks at hardly more than it lists, however many were resolved before', async () => {
  const { connection, ids, warnings } = await aBook(60);
  for (const id of ids.slice(6)) await warnings.settle(id, { state: 'resolved' });
  const raisedAt = new Date(start + 5 * MINUTE_MS);
  const behind = [{ raisedAt: { $lt: raisedAt } }, { raisedAt, _id: { $lt: 'f' } }];
  const examined = async (filter: object): Promise<unknown> => {
    const shown = connection.collection('warnings').find(filter).sort({ raisedAt: -1, _id: -1 }).limit(2);
    return (await shown.explain('executionStats'))['executionStats'].totalDocsExamined;
  };
  for (const level of WARNING_LEVELS) {
    expect(await examined({ state: 'open', level })).toBe(2);
    expect(await examined({ state: 'open', level, raisedAt: { $lte: raisedAt }, $or: behind })).toBe(2);
    expect(await examined({ forIds: { $in: ['anna', 'ben'] }, state: 'open', level })).toBe(2);
  }
});
