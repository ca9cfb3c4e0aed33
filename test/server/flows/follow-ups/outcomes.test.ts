import { describe, expect, it } from 'vitest';
import { aCadenceDesk } from '../../../support/a-cadence-desk.ts';
import { aMessage } from '../../../support/a-message.ts';
import { aNote } from '../../../support/a-note.ts';

/** What a tap in the sidebar sends: nothing but how. */
const aBlank = (more: object = {}) => aNote({ purpose: '例行跟进', ...more });

describe('what counts as a touch', () => {
  it.each([
    ['a chip', { outcome: 'talked' }, true],
    ['an appointment', { outcome: 'scheduled' }, true],
    ['a refusal', { outcome: 'declined' }, true],
    ['a line', { notes: '聊了交期' }, true],
    ['a visit', { channel: 'visit' }, true],
    ['nobody reached', { outcome: 'no_answer' }, false],
    ['nobody reached, with a line about it', { outcome: 'no_answer', notes: '关机' }, false],
    ['nobody there on a visit', { outcome: 'no_answer', channel: 'visit' }, false],
  ] as const)('%s: %o, %s', async (_what, more, isTouch) => {
    const { world, log, shown } = await aCadenceDesk();
    const before = (await shown()).cadence;
    expect((await log(aBlank(more))).status).toBe(200);
    const { cadence, followUps } = await shown();
    expect(cadence.lastTouchAt).toBe(isTouch ? world.context.now().toISOString() : null);
    expect(cadence.reason).toBe(isTouch ? 'interval' : before.reason);
    expect(followUps).toHaveLength(1);
  });

  it('not a blank log: it is asked what came of it, and nothing is kept', async () => {
    const { log, shown } = await aCadenceDesk();
    const { status, body } = await log(aBlank());
    expect([status, body.error]).toMatchObject([
      400,
      { code: 'outcome_missing', message: expect.stringContaining('结果') },
    ]);
    expect((await shown()).followUps).toEqual([]);
  });

  it('not what the customer does: an answer is a sign of life, shown apart, and moves no interval', async () => {
    const { world, log, answer, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked' }));
    const { cadence: before } = await shown();
    world.setNow('2026-03-23T10:00:00+08:00');
    await answer(9);
    const { cadence } = await shown();
    expect(cadence).toMatchObject({ state: 'overdue', lastTouchAt: before.lastTouchAt, dueOn: before.dueOn });
    expect(cadence.lastSignAt).toBe(world.context.now().toISOString());
  });
});

describe('a detractor', () => {
  it('is owed a talk within a working day of the answer, whatever is logged or sent meanwhile', async () => {
    const { world, log, send, answer, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked' }));
    await answer(3);
    expect((await shown()).cadence).toMatchObject({
      state: 'owed_soon',
      reason: 'detractor',
      dueOn: '2026-03-12',
    });
    await log(aBlank({ outcome: 'talked', notes: '聊了别的' }));
    await send(aMessage());
    world.setNow('2026-03-13T10:00:00+08:00');
    await log(aBlank({ outcome: 'talked' }));
    expect((await shown()).cadence).toMatchObject({
      state: 'overdue',
      reason: 'detractor',
      dueOn: '2026-03-12',
    });
  });

  it('who corrects a 4 to a 9 is none any more; who corrects a 4 to a 3 is not put off', async () => {
    const { world, log, answer, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked' }));
    await answer(4);
    world.setNow('2026-03-12T10:00:00+08:00');
    await answer(3);
    expect((await shown()).cadence).toMatchObject({ reason: 'detractor', dueOn: '2026-03-12' });
    await answer(9);
    expect(await shown()).toMatchObject({
      cadence: { reason: 'interval', dueOn: '2026-03-18' },
      nps: { waiting: [] },
    });
  });

  it('is done with when the loop is closed with cause and action, which stand with the answer', async () => {
    const { log, answer, ofAccount, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked' }));
    const id = await answer(2);
    const path = `detractors/${encodeURIComponent(id)}/close`;
    expect(await ofAccount(path, { cause: ' ', action: '补货' })).toMatchObject({ status: 400 });
    expect((await shown()).nps.waiting).toMatchObject([{ answerId: id, score: 2 }]);
    const closed = { cause: '备件缺货', action: '当天补发，客户接受' };
    expect(await ofAccount(path, closed)).toMatchObject({
      status: 200,
      body: { cadence: { reason: 'interval' } },
    });
    expect(await shown()).toMatchObject({
      nps: { waiting: [], latest: { closure: { staffName: 'anna', ...closed } } },
    });
    expect(await ofAccount(path, closed)).toMatchObject({
      status: 409,
      body: { error: { code: 'loop_closed' } },
    });
    // A worse mark after a better one is a loop of its own.
    await answer(9);
    await answer(1);
    expect((await shown()).nps.waiting).toMatchObject([{ score: 1 }]);
  });
});

describe('a question', () => {
  it('is owed an answer within two working days, and answering it is never too soon', async () => {
    const { world, read, log, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked', questions: ['交期？'] }));
    expect((await shown()).cadence).toMatchObject({
      state: 'owed_soon',
      reason: 'question',
      dueOn: '2026-03-13',
    });
    expect(await read('/api/v1/contacts/wm1/push-check')).toMatchObject({ isTooSoon: false });
    world.setNow('2026-03-16T10:00:00+08:00');
    expect((await shown()).cadence).toMatchObject({
      state: 'overdue',
      reason: 'question',
      overdueWorkingDays: 1,
    });
  });

  it('is closed by an answer sent from the sidebar, and open again when that is undone', async () => {
    const { world, log, send, ofAccount, shown } = await aCadenceDesk();
    await log(aBlank({ outcome: 'talked', questions: ['交期？', '账期？'] }));
    const [first, second] = (await shown()).questions;
    const answersId = first?.id ?? '';
    expect((await send({ ...aMessage(), answersId })).body.cadence).toMatchObject({ reason: 'question' });
    expect((await shown()).questions).toEqual([second]);
    const reopen = `questions/${encodeURIComponent(answersId)}/reopen`;
    expect((await ofAccount(reopen, {}, 'ben')).status).toBe(409);
    expect((await ofAccount(reopen)).status).toBe(200);
    expect((await shown()).questions).toEqual([first, second]);
    await send({ ...aMessage(), answersId });
    await send({ ...aMessage(), answersId: second?.id ?? '' });
    expect(await shown()).toMatchObject({
      questions: [],
      cadence: { state: 'too_soon', reason: 'interval' },
    });
    world.setNow('2026-03-11T10:11:00+08:00');
    expect((await ofAccount(reopen)).body.error.code).toBe('too_late');
  });
});
