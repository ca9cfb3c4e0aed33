import { describe, expect, it } from 'vitest';
import { watchAccountsJob } from '../../../jobs/watch-accounts.ts';
import { aCadenceDesk } from '../../support/a-cadence-desk.ts';
import { aMessage } from '../../support/a-message.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aNote } from '../../support/a-note.ts';

/** 甲 is a head account whose follow-up has been late since Thursday 5 March, and whose 3 of February nobody has answered. */
async function aLateDesk() {
  const desk = await aCadenceDesk();
  const { world, log, answer, accountId } = desk;
  world.setNow('2026-02-25T10:00:00+08:00');
  await log(aNote({ outcome: 'talked' }));
  const answerId = await answer(3);
  world.setNow('2026-03-16T10:00:00+08:00');
  await world.run(watchAccountsJob);
  const kinds = async () => {
    const all = await world.context.warnings.ofAccounts([accountId], world.context.now());
    return all.flatMap(({ kind, state }) => (state === 'resolved' ? [] : [kind])).sort();
  };
  const close = () =>
    desk.ofAccount(`detractors/${encodeURIComponent(answerId)}/close`, { cause: '交期', action: '补货' });
  return { ...desk, kinds, close };
}

describe('a warning that a fact has ended goes with that fact, not at night', () => {
  it('about a detractor and a late follow-up, when the loop is closed and somebody spoke to them', async () => {
    const { kinds, close, log } = await aLateDesk();
    expect(await kinds()).toEqual(['detractor', 'follow_up_high_risk', 'single_threaded']);
    expect((await close()).status).toBe(200);
    expect(await kinds()).toEqual(['follow_up_high_risk', 'single_threaded']);
    await log(aNote({ outcome: 'talked' }));
    expect(await kinds()).toEqual(['single_threaded']);
  });

  it('and a message is enough for the late follow-up, but for no detractor', async () => {
    const { kinds, send } = await aLateDesk();
    await send(aMessage());
    expect(await kinds()).toContain('detractor');
  });

  it('but stays while nobody was reached', async () => {
    const { kinds, log } = await aLateDesk();
    const before = await kinds();
    await log(aNote({ outcome: 'no_answer' }));
    expect(await kinds()).toEqual(before);
  });

  it('about a late follow-up, when the account is given up: in the pool nobody is late', async () => {
    const { kinds, ofAccount } = await aLateDesk();
    expect((await ofAccount('release', { reason: '无力跟进' })).status).toBe(200);
    expect(await kinds()).toEqual(['detractor', 'single_threaded']);
  });

  it('about a late follow-up and a head account, when it becomes one that is seen less often', async () => {
    const { kinds, close, ofAccount } = await aLateDesk();
    await close();
    const pin = { tier: 'tail', reason: '不再投入' };
    expect((await ofAccount('tier-pin', pin, 'lena')).status).toBe(200);
    expect(await kinds()).toEqual([]);
  });

  it('and what stays goes to the new owner with the account, on whose list it stands at once', async () => {
    const { read, ofAccount } = await aLateDesk();
    const shownTo = async (staffId: string) => {
      const { warnings } = (await read('/api/v1/warnings?scope=own', staffId)) as { warnings: object[] };
      return warnings.length;
    };
    expect([await shownTo('anna'), await shownTo('ben')]).toEqual([3, 0]);
    expect((await ofAccount('owner', { ownerId: 'ben' }, 'lena')).status).toBe(200);
    expect([await shownTo('anna'), await shownTo('ben')]).toEqual([0, 3]);
  });
});

describe('who takes an account out of the pool', () => {
  it.each([
    ['by claiming it', 'claim', {}],
    ['by assignment', null, { strategy: 'manual', staffIds: ['ben'] }],
  ] as const)('%s has its warnings on the list at once', async (_how, path, body) => {
    const { world, accountId, read, ofAccount } = await aLateDesk();
    await ofAccount('release', { reason: '无力跟进' });
    const answer = path
      ? await ofAccount(path, body, 'ben')
      : await (
          await aMember(world.origin, 'lena')
        ).send('/api/v1/pool/assign', {
          ...body,
          accountIds: [accountId],
        });
    expect(answer.status).toBe(200);
    expect(await read('/api/v1/warnings?scope=own', 'ben')).toMatchObject({
      warnings: [{ kind: 'detractor' }, { kind: 'single_threaded' }],
    });
  });
});
