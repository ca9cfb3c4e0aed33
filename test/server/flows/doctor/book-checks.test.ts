import { expect, it } from 'vitest';
import { checkEvents } from '../../../../server/flows/doctor/check-events.ts';
import { checkLastSync } from '../../../../server/flows/doctor/check-last-sync.ts';
import { checkNotices } from '../../../../server/flows/doctor/check-notices.ts';
import { createDatabaseProbe } from '../../../../server/store/db/database-probe.ts';
import { aShelf } from '../../../support/a-shelf.ts';
import { now } from '../../../support/a-played-doctor.ts';

/** What these checks read, and the shelves behind it. */
async function aBook() {
  const shelf = await aShelf();
  return {
    shelf,
    parts: { book: async () => ({ database: createDatabaseProbe(shelf.connection), ...shelf }) },
  };
}

it('warns that no event ever came, and that what WeCom holds as Token cannot be seen from here', async () => {
  const { shelf, parts } = await aBook();
  const never = await checkEvents(parts);
  expect(never).toMatchObject({ status: 'warn', code: 'never' });
  expect(never.answer).toMatch(/Token.*从这里看不到/);
  const times = { happenedAt: now(), receivedAt: now() };
  await shelf.inbox.keep({ _id: 'e1', kind: 'k', subject: 's', fields: {}, state: 'waiting', ...times });
  expect(await checkEvents(parts)).toMatchObject({ status: 'ok' });
});

it('tells how the latest synchronisation went, a failed one in its own words', async () => {
  const { shelf, parts } = await aBook();
  expect(await checkLastSync(parts)).toMatchObject({ status: 'warn', code: 'never' });
  const { _id } = await shelf.syncs.begin({ isFull: false, isFirst: true }, now());
  await shelf.syncs.fail(_id, '企业微信没有回应');
  expect(await checkLastSync(parts)).toMatchObject({
    status: 'warn',
    code: 'failed',
    answer: '企业微信没有回应',
  });
  await shelf.syncs.fail(_id, null);
  const end = { perStaff: [], aside: [] };
  await shelf.syncs.end(_id, { ...end, state: 'stopped', warning: '有 9 条跟进关系突然消失' }, now());
  expect(await checkLastSync(parts)).toMatchObject({ status: 'warn', code: 'stopped' });
  await shelf.syncs.end(_id, { ...end, state: 'done', warning: null }, now());
  expect(await checkLastSync(parts)).toMatchObject({ status: 'ok' });
});

it('counts the notices that wait, and shows the first', async () => {
  const { shelf, parts } = await aBook();
  expect(await checkNotices(parts)).toMatchObject({ status: 'ok' });
  for (const subject of ['a', 'b', 'c', 'd'])
    await shelf.notices.raise({ kind: 'tag-quota', subject, text: `标签 ${subject}` }, now());
  const verdict = await checkNotices(parts);
  expect(verdict).toMatchObject({ status: 'warn', code: 'open' });
  expect(verdict.answer).toMatch(/^4 条等待处理：(\n标签 [a-d]){3}$/);
  await shelf.notices.resolve('tag-quota', 'a', now());
  expect((await checkNotices(parts)).answer).toContain('3 条');
});
