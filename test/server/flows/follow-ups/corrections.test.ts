import { expect, it } from 'vitest';
import { aCadenceDesk } from '../../../support/a-cadence-desk.ts';
import { aMessage } from '../../../support/a-message.ts';
import { aNote } from '../../../support/a-note.ts';

/** What a correction sends: the whole of the words. */
const words = (more: object = {}) => {
  const {
    requestId: _id,
    promised: _p,
    standing: _s,
    questions: _q,
    answeredQuestionIds: _a,
    ...rest
  } = aNote();
  return { ...rest, ...more };
};

async function aLogged(note: object) {
  const desk = await aCadenceDesk();
  const { body } = await desk.log({ ...aNote(), ...note });
  const path = `follow-ups/${encodeURIComponent(body.id)}`;
  return {
    ...desk,
    correct: (more: object, by = 'anna') => desk.ofAccount(`${path}/correct`, words(more), by),
    takeBack: (by = 'anna') => desk.ofAccount(`${path}/take-back`, {}, by),
    kept: () => desk.world.context.followUps.find(body.id),
    audited: async () =>
      (await desk.world.context.audit.list({ subject: `account:${desk.accountId}`, limit: 20 })).map(
        ({ act, by }) => `${act} ${by}`,
      ),
  };
}

it('its author corrects it within a day: dates follow, and how it read before stays with it', async () => {
  const { world, correct, kept, audited, shown } = await aLogged({ notes: '机密的话', nextOn: '2026-03-13' });
  world.setNow('2026-03-12T09:59:00+08:00');
  const { status, body } = await correct({ notes: '改过的话', nextOn: '2026-03-18', nextStep: '送样' });
  expect([status, body.cadence]).toMatchObject([200, { reason: 'promise', dueOn: '2026-03-18' }]);
  expect(await shown()).toMatchObject({
    followUps: [{ notes: '改过的话', correctedAt: '2026-03-12T01:59:00.000Z', mayCorrect: true }],
    promises: [{ text: '送样', day: '2026-03-18' }],
  });
  expect((await kept())?.edits).toMatchObject([{ was: { notes: '机密的话', nextOn: '2026-03-13' } }]);
  expect(await audited()).toContain('follow_up.correct anna');
  expect(JSON.stringify(await world.context.audit.list({ limit: 50 }))).not.toMatch(/机密|改过/);
});

it('made 未接通 by a correction, it is no touch any more; made a touch, it is one', async () => {
  const { correct, shown } = await aLogged({ outcome: 'talked' });
  await correct({ outcome: 'no_answer' });
  expect((await shown()).cadence).toMatchObject({ lastTouchAt: null, reason: 'new_contact' });
  await correct({ outcome: 'talked' });
  expect((await shown()).cadence).toMatchObject({ state: 'too_soon', reason: 'interval' });
  const { status, body } = await correct({ purpose: '例行跟进' });
  expect([status, body.error.code]).toEqual([400, 'outcome_missing']);
});

it('taken back, everything is as before it: what it asked, answered, promised and ended, and the dates', async () => {
  const { world, log, shown, accountId, ofAccount, audited } = await aLogged({
    nextOn: '2026-03-20',
    questions: ['账期？'],
  });
  const before = await shown();
  world.setNow('2026-03-12T10:00:00+08:00');
  const { body } = await log(
    aNote({
      questions: ['交期？'],
      answeredQuestionIds: before.questions.map(({ id }) => id),
      standing: [{ id: before.promises[0]?.id ?? '', act: 'moved', day: '2026-03-30' }],
      promised: [{ text: '送样', day: '2026-03-24' }],
      nextOn: '2026-03-16',
    }),
  );
  expect((await shown()).promises.map(({ day }) => day)).toEqual(['2026-03-16', '2026-03-24', '2026-03-30']);
  const takeBack = () => ofAccount(`follow-ups/${encodeURIComponent(body.id)}/take-back`);
  expect((await takeBack()).status).toBe(200);
  expect((await takeBack()).status).toBe(200);
  const after = await shown();
  expect([after.cadence, after.promises, after.questions]).toEqual([
    before.cadence,
    before.promises,
    before.questions,
  ]);
  expect(after.followUps).toMatchObject([{ takenBackAt: '2026-03-12T02:00:00.000Z', mayCorrect: false }, {}]);
  expect((await audited()).filter((each) => each === 'follow_up.take_back anna')).toHaveLength(1);
  expect(await world.context.followUps.countSince(['anna'], new Date(0))).toBe(1);
  expect(accountId).toBe(after.account.id);
});

it('nobody else may, nor its author after 24 hours; and a message stands in the chat', async () => {
  const { world, correct, takeBack, send, ofAccount } = await aLogged({});
  expect((await correct({}, 'ben')).body.error.code).toBe('not_the_author');
  expect((await takeBack('ben')).status).toBe(403);
  const { body } = await send(aMessage());
  const message = await ofAccount(`follow-ups/${encodeURIComponent(body.id)}/take-back`);
  expect(message.body.error.code).toBe('is_message');
  world.setNow('2026-03-12T10:00:01+08:00');
  for (const { status, body: refused } of [await correct({}), await takeBack()])
    expect([status, refused.error.code, refused.error.message]).toMatchObject([
      409,
      'too_late',
      expect.stringContaining('24 小时'),
    ]);
});

it('two corrections at once: one is told, and neither is lost', async () => {
  const { correct, kept } = await aLogged({});
  const both = await Promise.all([correct({ notes: '甲' }), correct({ notes: '乙' })]);
  const edits = (await kept())?.edits ?? [];
  expect(edits).toHaveLength(both.filter(({ status }) => status === 200).length);
  const refused = both.filter(({ status }) => status !== 200).map(({ body }) => body.error.code);
  expect(refused.every((code) => code === 'changed_meanwhile')).toBe(true);
});
