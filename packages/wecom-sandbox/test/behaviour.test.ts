import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp } from './support/small-corp.ts';

const PATH = 'externalcontact/get_user_behavior_data';
const DAY = 86_400;
/** Midnight in Shanghai of the clock's day, 10 March 2026. */
const TODAY = 1_773_072_000;
const span = { start_time: TODAY - 2 * DAY + 9000, end_time: TODAY };
type Row = Record<string, number>;

const open = () => {
  const corp = aSmallCorp();
  corp.relations.push(
    aRelation('lisi', 'wm9', { createdAt: TODAY - DAY + 60, operUserId: 'lisi' }),
    aRelation('wangwu', 'wm9', { createdAt: TODAY - DAY + 60 }),
  );
  return openSmall({ corp });
};
const rowsOf = (answer: Record<string, unknown>) => answer['behavior_data'] as Row[];

it('gives one row per day from midnight on, the same every time', async () => {
  const { write } = await open();
  const answer = await write(PATH, { ...span, userid: ['lisi'] });
  expect(rowsOf(answer).map((row) => row['stat_time'])).toEqual([TODAY - 2 * DAY, TODAY - DAY, TODAY]);
  expect(rowsOf(answer).map((row) => row['new_contact_cnt'])).toEqual([0, 1, 0]);
  expect(await write(PATH, { ...span, userid: ['LiSi'] })).toEqual(answer);
});

it('sums over all that are named, members and departments', async () => {
  const { write } = await open();
  const [one, other, both] = await Promise.all(
    [['lisi'], ['wangwu'], ['lisi', 'wangwu']].map(async (userid) =>
      rowsOf(await write(PATH, { ...span, userid })),
    ),
  );
  for (const name of ['new_contact_cnt', 'new_apply_cnt', 'chat_cnt', 'message_cnt'])
    both?.forEach((row, day) =>
      expect(row[name]).toBe((one?.[day]?.[name] ?? 0) + (other?.[day]?.[name] ?? 0)),
    );
  // ZhangSan, lisi and wangwu, who is in the department above the others'.
  const party = rowsOf(await write(PATH, { ...span, partyid: [2] }));
  expect(party[1]?.['new_contact_cnt']).toBe(2);
});

it('counts what was said, and leaves out how fast nobody answered', async () => {
  const { write, platform } = await open();
  const today = { start_time: TODAY, end_time: TODAY };
  const before = rowsOf(await write(PATH, { ...today, userid: ['ZhangSan'] }))[0];
  platform.actions.sendChat({ from: 'staff:ZhangSan', to: 'customer:wm1', text: '您好' });
  const after = rowsOf(await write(PATH, { ...today, userid: ['ZhangSan'] }))[0];
  expect(after?.['message_cnt']).toBe((before?.['message_cnt'] ?? 0) + 1);
  expect(after?.['chat_cnt']).toBe((before?.['chat_cnt'] ?? 0) + 1);
  const silent = await openSmall({ corp: aSmallCorp({ relations: [] }) });
  const [row] = rowsOf(await silent.write(PATH, { ...today, userid: ['lisi'] }));
  expect(row).toMatchObject({ chat_cnt: 0, message_cnt: 0 });
  expect(row).not.toHaveProperty('reply_percentage');
  expect(row).not.toHaveProperty('avg_reply_time');
});

it.each([
  ['nobody', {}, 40058],
  ['100 members', { userid: Array(100).fill('lisi') }, 0],
  ['101 members', { userid: Array(101).fill('lisi') }, 40058],
  ['101 departments', { partyid: Array(101).fill(2) }, 40058],
  ['somebody unknown', { userid: ['nobody'] }, 40003],
  ['somebody out of sight', { userid: ['hidden'] }, 60011],
  ['somebody without customers', { userid: ['plain'] }, 84074],
  ['an unknown department', { partyid: [99] }, 60123],
  ['30 days', { userid: ['lisi'], start_time: TODAY - 30 * DAY }, 0],
  ['31 days', { userid: ['lisi'], start_time: TODAY - 31 * DAY }, 40058],
  ['180 days ago', { userid: ['lisi'], start_time: TODAY - 180 * DAY, end_time: TODAY - 179 * DAY }, 0],
  ['181 days ago', { userid: ['lisi'], start_time: TODAY - 181 * DAY, end_time: TODAY - 179 * DAY }, 40058],
])('answers for %s', async (_, more, errcode) => {
  const { write } = await open();
  expect(await write(PATH, { ...span, ...more })).toMatchObject({ errcode });
});
