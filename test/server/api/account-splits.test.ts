import { expect, it } from 'vitest';
import type { WarningKind } from '../../../server/domain/warnings/kinds.ts';
import { aNote } from '../../support/a-note.ts';
import { anAnswer } from '../../support/an-answer.ts';
import { aMember } from '../../support/a-visitor.ts';
import { DAY_MS, aLeaverWorld } from '../../support/leaver-world.ts';

type Kept = { id: string; lastTouchAt: string | null };

/** ben's 甲 with wm1 and 丙, merged into it, with wm3; every talk is a day after the one before. */
async function aDesk() {
  const world = await aLeaverWorld();
  const { context, accountOf, origin, pass } = world;
  const [jia, bing] = [await accountOf('wm1'), await accountOf('wm3')];
  const send = async (path: string, body: object) => {
    const answer = await (await aMember(origin, 'ben')).send(path, body);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const talk = async (externalUserId: string, nextOn: string | null = null) => {
    pass(DAY_MS);
    await send(
      `/api/v1/contacts/${externalUserId}/follow-ups`,
      aNote({ nextOn, nextStep: nextOn ? '拜访' : '' }),
    );
    return context.now();
  };
  const merge = (fromId: string, intoId: string) =>
    send(`/api/v1/accounts/${fromId}/merge`, { intoId, reason: '同一家' });
  const split = async (accountId: string, wish: object) => {
    const { account } = (await send(`/api/v1/accounts/${accountId}/split`, wish)) as { account: Kept };
    return account.id;
  };
  const marksOf = async (accountId: string) => {
    const found = await context.accounts.find(accountId);
    if (!found) throw new Error(`no account ${accountId}`);
    const { lastTouchAt, promisedOn, newContactAt, detractorAt, dueOn } = found;
    return { lastTouchAt, promisedOn, newContactAt, detractorAt, dueOn };
  };
  return { ...world, jia, bing, talk, merge, split, marksOf, send };
}

const wm3 = { contactIds: ['wm3'], name: '丙分公司' };

it('gives each half the last talk and the promise of its own people', async () => {
  const { jia, bing, talk, merge, split, marksOf } = await aDesk();
  const withJia = await talk('wm1', '2026-03-27');
  const withBing = await talk('wm3', '2026-03-18');
  await merge(bing._id, jia._id);
  expect(await marksOf(jia._id)).toMatchObject({ lastTouchAt: withBing, promisedOn: '2026-03-18' });
  const part = await split(jia._id, wm3);
  expect(await marksOf(part)).toMatchObject({
    lastTouchAt: withBing,
    promisedOn: '2026-03-18',
    dueOn: '2026-03-18',
  });
  expect(await marksOf(jia._id)).toMatchObject({ lastTouchAt: withJia, promisedOn: '2026-03-27' });
  expect((await marksOf(jia._id)).dueOn).not.toBe('2026-03-18');
});

it('does not take a half for spoken to because the other was', async () => {
  const { context, jia, bing, talk, merge, split, marksOf } = await aDesk();
  await merge(bing._id, jia._id);
  const spoken = await talk('wm1');
  expect(await marksOf(jia._id)).toMatchObject({ newContactAt: null });
  const part = await split(jia._id, wm3);
  const [added] = await context.relations.ofContact('wm3');
  expect(await marksOf(part)).toMatchObject({ lastTouchAt: null, newContactAt: added?.followedAt });
  expect(await marksOf(jia._id)).toMatchObject({ lastTouchAt: spoken, newContactAt: null });
});

it('leaves a bad mark with whoever gave it', async () => {
  const { context, jia, bing, merge, split, marksOf } = await aDesk();
  const at = context.now();
  const answer = { externalUserId: 'wm3', accountId: bing._id, score: 2, staffId: 'ben' };
  await context.answers.keep(anAnswer(at, answer));
  await merge(bing._id, jia._id);
  expect(await marksOf(jia._id)).toMatchObject({ detractorAt: at });
  const part = await split(jia._id, wm3);
  expect(await marksOf(part)).toMatchObject({ detractorAt: at, lastTouchAt: null });
  expect(await marksOf(jia._id)).toMatchObject({ detractorAt: null, lastTouchAt: null });
});

it('lets warnings go with the contact or deal that they are about, resolved ones, too; those about the account stay', async () => {
  const { context, jia, bing, merge, split } = await aDesk();
  await merge(bing._id, jia._id);
  const raise = async (kind: WarningKind, subject: string, contactId: string | null) => {
    const finding = { kind, subject, contactId, text: kind, inputs: {}, boundary: null, isFresh: true };
    const about = { accountId: jia._id, forIds: ['ben'], level: 'high' as const, heirId: null, untold: [] };
    const [raised] = await context.warnings.raise([{ ...about, finding }], context.now());
    return raised?.id ?? '';
  };
  const ids = {
    detractor: await raise('detractor', 'wm3', 'wm3'),
    left: await raise('contact_left', 'ben:wm3', 'wm3'),
    theirs: await raise('detractor', 'wm1', 'wm1'),
    stuck: await raise('opportunity_stuck', 'C1', 'wm1'),
    owed: await raise('payment_overdue', 'H1', 'wm3'),
    otherDeal: await raise('payment_overdue', 'H2', 'wm3'),
    tier: await raise('tier_fell', jia._id, 'wm3'),
  };
  await context.warnings.change([{ id: ids.left, to: 'resolved' }], context.now());
  const part = await split(jia._id, { ...wm3, opportunityIds: ['C1'], contractIds: ['H1'] });
  const whereIs = async (id: string) => {
    const found = await context.warnings.find(id);
    return [found?.accountId === part ? 'part' : 'rest', found?.contactId];
  };
  expect(await whereIs(ids.detractor)).toEqual(['part', 'wm3']);
  expect(await whereIs(ids.left)).toEqual(['part', 'wm3']);
  expect(await whereIs(ids.owed)).toEqual(['part', 'wm3']);
  expect(await whereIs(ids.stuck)).toEqual(['part', null]); // whom to open is not among the part's people
  expect(await whereIs(ids.theirs)).toEqual(['rest', 'wm1']);
  expect(await whereIs(ids.otherDeal)).toEqual(['rest', null]);
  expect(await whereIs(ids.tier)).toEqual(['rest', null]);
  expect((await context.warnings.find(ids.left))?.state).toBe('resolved');
});

it('brings everything together again when the halves are merged, and apart when that is taken back', async () => {
  const { jia, bing, talk, merge, split, marksOf, send } = await aDesk();
  await merge(bing._id, jia._id);
  await talk('wm1', '2026-03-27');
  await talk('wm3', '2026-03-18');
  const whole = await marksOf(jia._id);
  const part = await split(jia._id, wm3);
  const halves = [await marksOf(jia._id), await marksOf(part)];
  await merge(part, jia._id);
  expect(await marksOf(jia._id)).toEqual(whole);
  await send(`/api/v1/accounts/${part}/unmerge`, {});
  expect([await marksOf(jia._id), await marksOf(part)]).toEqual(halves);
});

it('takes a merge back after a split without the touches that were split off', async () => {
  const { jia, bing, talk, merge, split, marksOf, send } = await aDesk();
  const withJia = await talk('wm1');
  const withBing = await talk('wm3');
  await merge(bing._id, jia._id);
  const part = await split(jia._id, wm3);
  await send(`/api/v1/accounts/${bing._id}/unmerge`, {});
  expect((await marksOf(part)).lastTouchAt).toEqual(withBing);
  expect((await marksOf(bing._id)).lastTouchAt).toBeNull();
  expect((await marksOf(jia._id)).lastTouchAt).toEqual(withJia);
});
