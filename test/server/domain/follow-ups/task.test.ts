import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CALENDAR } from '../../../../server/domain/calendar.ts';
import { contactMeTask, taskPeople, taskView } from '../../../../server/domain/follow-ups/task.ts';
import { contactMeMessage } from '../../../../server/domain/follow-ups/task-text.ts';

const answer = { _id: 'c1:wm1', accountId: 'a1', externalUserId: 'wm1', score: 3, comment: '交货晚了' };
const people = { assigneeId: 'anna', untold: ['anna', 'lena'] };
const clock = (iso: string) => ({
  now: new Date(iso),
  timeZone: 'Asia/Shanghai',
  calendar: DEFAULT_CALENDAR,
});

describe('who asked to be called', () => {
  it.each([
    ['2026-03-11T10:00:00+08:00', '2026-03-12'],
    ['2026-03-11T23:59:00+08:00', '2026-03-12'],
    ['2026-03-13T09:00:00+08:00', '2026-03-16'], // a Friday
    ['2026-03-14T22:00:00+08:00', '2026-03-16'], // a Saturday
    ['2026-09-30T12:00:00+08:00', '2026-10-08'], // before the national holiday
  ])('at %s is to be called by %s', (at, dueOn) => {
    expect(contactMeTask(answer, people, clock(at)).dueOn).toBe(dueOn);
  });

  it('has one task for one answer, with what they said', () => {
    const [one, again] = ['2026-03-11T10:00:00+08:00', '2026-03-12T10:00:00+08:00'].map((at) =>
      contactMeTask(answer, people, clock(at)),
    );
    expect(again?._id).toBe(one?._id);
    expect(one).toMatchObject({
      kind: 'contact_me',
      state: 'open',
      ...people,
      cause: { subject: 'answer:c1:wm1', text: '评分 3 分：“交货晚了”' },
    });
  });
});

it.each([
  ['anna', ['lena'], ['root'], 'anna', ['anna', 'lena']],
  ['lena', ['lena'], ['root'], 'lena', ['lena']],
  ['anna', [], ['root'], 'anna', ['anna', 'root']],
  [null, ['lena', 'olga'], ['root'], 'lena', ['lena', 'olga']],
  [null, [], ['root'], 'root', ['root']],
  [null, [], [], null, []],
] as const)('of owner %s, managers %j and administrators %j it is for %s, and tells %j', (...row) => {
  const [ownerId, managerIds, adminIds, assigneeId, untold] = row;
  expect(taskPeople({ ownerId, managerIds, adminIds })).toEqual({ assigneeId, untold });
});

it('shows how many working days a task is late, none on its day', () => {
  const task = contactMeTask(answer, people, clock('2026-03-12T10:00:00+08:00')); // due on Friday the 13th
  const lateOn = (today: string) =>
    taskView(task, { accountName: '甲', personName: '王工', today, calendar: DEFAULT_CALENDAR })
      .overdueWorkingDays;
  expect(['2026-03-12', '2026-03-13', '2026-03-15', '2026-03-16', '2026-03-17'].map(lateOn)).toEqual([
    0, 0, 0, 1, 2,
  ]);
});

it('tells as much of what the customer said as a message holds, and breaks no markup', () => {
  const text = fc.string({ unit: 'binary', maxLength: 1000 });
  fc.assert(
    fc.property(text, text, text, (account, person, words) => {
      const link = 'https://crm.example.com/sidebar/?contact=wm1';
      const message = contactMeMessage({ account, person, words, dueOn: '2026-03-12', link });
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(2048);
      expect(message.replace(`<a href="${link}">打开客户资料</a>`, '')).not.toMatch(/[<>"]/);
      expect(message.split('\n')).toHaveLength(3);
    }),
  );
  const words = '慢'.repeat(500);
  const facts = { account: '甲', person: '王工', words, dueOn: '2026-03-12', link: null };
  expect(contactMeMessage(facts)).toContain(words);
});
