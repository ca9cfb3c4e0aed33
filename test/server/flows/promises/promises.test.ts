import { describe, expect, it } from 'vitest';
import { aCadenceDesk } from '../../../support/a-cadence-desk.ts';
import { aMessage } from '../../../support/a-message.ts';
import { aNote } from '../../../support/a-note.ts';

describe('a promise outlives what is logged before its day', () => {
  it('also a log that only ticks an answered question, or plans nothing', async () => {
    const { world, log, shown } = await aCadenceDesk();
    await log(aNote({ nextOn: '2026-03-13', nextStep: '送样', questions: ['交期？'] }));
    world.setNow('2026-03-12T10:00:00+08:00');
    const [question] = (await shown()).questions;
    await log(aNote({ purpose: '例行跟进', answeredQuestionIds: [question?.id ?? ''] }));
    await log(aNote());
    expect(await shown()).toMatchObject({
      cadence: { state: 'on_track', reason: 'promise', dueOn: '2026-03-13' },
      promises: [{ text: '送样', day: '2026-03-13', isExpired: false }],
      questions: [],
    });
  });

  it('and a message; from its day on it stands there as 已过期 until somebody says what became of it', async () => {
    const { world, log, send, shown } = await aCadenceDesk();
    await log(aNote({ nextOn: '2026-03-13' }));
    await send(aMessage());
    expect(await shown()).toMatchObject({
      cadence: { dueOn: '2026-03-13' },
      promises: [{ isExpired: false }],
    });
    world.setNow('2026-03-13T10:00:00+08:00');
    await send(aMessage());
    expect(await shown()).toMatchObject({
      cadence: { state: 'too_soon', reason: 'interval', dueOn: '2026-03-20' },
      promises: [{ text: '下次联系', isExpired: true }],
    });
  });
});

it('a later date than the interval is agreed on: it comes in place of the interval, also for a head account', async () => {
  const { log } = await aCadenceDesk('head');
  const { body } = await log(aNote({ nextOn: '2026-04-22' }));
  expect(body.cadence).toMatchObject({ state: 'on_track', reason: 'promise', dueOn: '2026-04-22' });
});

it('several stand at once, and the earliest counts', async () => {
  const { log, shown } = await aCadenceDesk();
  const promised = [
    { text: '发报价', day: '2026-03-12' },
    { text: '安排参观', day: '2026-03-19' },
  ];
  const { body } = await log(aNote({ promised, nextOn: '2026-03-16', nextStep: '回访' }));
  expect(body.cadence).toMatchObject({ reason: 'promise', dueOn: '2026-03-12' });
  expect((await shown()).promises.map(({ text, day }) => `${day} ${text}`)).toEqual([
    '2026-03-12 发报价',
    '2026-03-16 回访',
    '2026-03-19 安排参观',
  ]);
});

it.each([
  ['head', '2026-05-10', 200],
  ['head', '2026-05-11', 400],
  ['waist', '2026-05-11', 400],
  ['tail', '2026-07-09', 200],
  ['tail', '2026-07-10', 400],
] as const)('of a %s account may be agreed on for %s: %i, with the reason', async (tier, day, status) => {
  const { log, shown } = await aCadenceDesk(tier);
  for (const note of [aNote({ nextOn: day }), aNote({ promised: [{ text: '送样', day }] })]) {
    const answer = await log(note);
    expect(answer.status).toBe(status);
    const code = status === 400 ? 'date_too_far' : undefined;
    expect(answer.body.error?.code).toBe(code);
    expect(answer.body.error?.message ?? '60 天').toMatch(/60 天|尾部客户.*120 天/);
  }
  expect((await shown()).promises).toHaveLength(status === 200 ? 2 : 0);
  expect((await shown()).followUps).toHaveLength(status === 200 ? 2 : 0);
});

const aPromised = async () => {
  const desk = await aCadenceDesk();
  await desk.log(aNote({ nextOn: '2026-03-13', nextStep: '送样' }));
  const id = (await desk.shown()).promises[0]?.id ?? '';
  return { ...desk, id };
};

describe('a promise ends', () => {
  it.each(['kept', 'withdrawn'] as const)('as %s by the form of a later log', async (act) => {
    const { world, id, log, shown } = await aPromised();
    world.setNow('2026-03-12T10:00:00+08:00');
    await log(aNote({ standing: [{ id, act, day: null }] }));
    expect(await shown()).toMatchObject({ promises: [], cadence: { reason: 'interval' } });
    expect(await world.context.promises.find(id)).toMatchObject({ state: act, endedBy: 'anna' });
  });

  it('as moved, and the new date counts with the same words', async () => {
    const { id, log, shown } = await aPromised();
    await log(aNote({ standing: [{ id, act: 'moved', day: '2026-03-18' }] }));
    expect(await shown()).toMatchObject({
      promises: [{ text: '送样', day: '2026-03-18' }],
      cadence: { reason: 'promise', dueOn: '2026-03-18' },
    });
  });

  it.each([
    [{ act: 'moved', day: null }, 'day_missing'],
    [{ act: 'moved', day: '2026-03-10' }, 'date_in_the_past'],
    [{ act: 'moved', day: '2026-06-10' }, 'date_too_far'],
  ])('not with %o: %s, and nothing is lost', async (wish, code) => {
    const { id, log, ofAccount, shown } = await aPromised();
    const answers = [
      await log(aNote({ standing: [{ id, ...wish }] as never })),
      await ofAccount(`promises/${id}/settle`, wish),
    ];
    for (const { status, body } of answers) expect([status, body.error.code]).toEqual([400, code]);
    expect(await shown()).toMatchObject({ promises: [{ id, day: '2026-03-13' }], followUps: [{}] });
  });

  it('by itself, too, once, and for who may see the account only', async () => {
    const { world, id, ofAccount, shown } = await aPromised();
    const settle = () => ofAccount(`promises/${id}/settle`, { act: 'kept' });
    expect(await settle()).toMatchObject({ status: 200, body: { cadence: { reason: 'interval' } } });
    expect(await settle()).toMatchObject({ status: 409, body: { error: { code: 'promise_ended' } } });
    expect((await shown()).promises).toEqual([]);
    expect(await ofAccount('promises/nobody/settle', { act: 'kept' })).toMatchObject({ status: 404 });
    const audited = await world.context.audit.list({
      subject: `account:${(await shown()).account.id}`,
      limit: 9,
    });
    expect(audited.filter(({ act }) => act === 'promise.kept')).toMatchObject([{ by: 'anna' }]);
  });

  it('not by a log that nobody answered the phone of, nor by one that says nothing of it', async () => {
    const { world, log, shown } = await aPromised();
    world.setNow('2026-03-13T10:00:00+08:00');
    await log(aNote({ outcome: 'no_answer' }));
    expect(await shown()).toMatchObject({
      cadence: { state: 'due_today', reason: 'promise' },
      promises: [{}],
    });
  });
});
