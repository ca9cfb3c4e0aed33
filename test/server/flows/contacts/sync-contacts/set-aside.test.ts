import { expect, it } from 'vitest';
import { runJob } from '../../../../../jobs/run-job.ts';
import { syncContactsJob } from '../../../../../jobs/sync-contacts.ts';
import type { Context } from '../../../../../server/context.ts';
import { readSync } from '../../../../../server/flows/syncs/read-sync.ts';
import type { PageListeners } from '../../../../../server/wecom/api/contacts.ts';
import { WecomError } from '../../../../../server/wecom/client/error.ts';
import { aTeamCorp, type Following } from '../../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../../support/a-world.ts';

const BOOK: Following[] = [
  ['anna', 'wm1', '甲'],
  ['anna', 'wm2', '乙'],
  ['ben', 'wm3', '丙'],
  ['carl', 'wm4', '丁'],
];

/** How one reading of members goes wrong, or null when it goes well. */
type Trouble = (staffIds: readonly string[], listeners: Partial<PageListeners>) => Error | null;

/** A synchronised world that WeCom then troubles: reading members goes wrong as `trouble` says, everything else is real. */
async function aTroubledWorld(trouble: Trouble) {
  const world = await aSyncedWorld({ corp: aTeamCorp(BOOK) });
  const { contacts } = world.context.wecom;
  const pages: typeof contacts.pages = async function* (staffIds, listeners = {}) {
    const error = trouble(staffIds, listeners);
    if (error) throw error;
    yield* contacts.pages(staffIds, listeners);
  };
  const wecom = { ...world.context.wecom, contacts: { ...contacts, pages } };
  const context: Context = { ...world.context, wecom };
  return { world, context };
}
const refusing =
  (refused: readonly string[], errcode = 60111): Trouble =>
  (staffIds) =>
    staffIds.some((id) => refused.includes(id))
      ? new WecomError(errcode, 'refused', '/batch/get_by_user')
      : null;

it.each([[['ben']], [['anna', 'carl']], [['lena']]])(
  'reads everybody but %j, whom WeCom refuses, loses nothing of theirs and tells whom',
  async (refused) => {
    const { world, context } = await aTroubledWorld(refusing(refused));
    world.platform.state.corp.relations.push(
      ...['anna', 'ben', 'carl'].map((userid) => ({
        ...relationLike(world, 'wm1'),
        userid,
        externalUserId: 'wmStranger',
      })),
    );
    const ran = await runJob(context, syncContactsJob);
    const heard = ['anna', 'ben', 'carl'].filter((id) => !refused.includes(id)).length;
    expect(ran).toMatchObject({ outcome: 'done', tally: { added: heard, lost: 0, aside: refused.length } });
    expect(await context.relations.countActive()).toBe(BOOK.length + heard);
    const report = await readSync(context);
    expect(report?.aside.toSorted()).toEqual(
      refused.map((id) => `${id}：1 名成员被企业微信拒绝（errcode 60111）`).toSorted(),
    );
    const [notice] = (await context.notices.open()).filter(({ kind }) => kind === 'sync-aside');
    expect(notice?.text).toContain(`${refused.length} 名成员被企业微信拒绝`);
  },
);

const relationLike = ({ platform }: Awaited<ReturnType<typeof aSyncedWorld>>, externalUserId: string) => {
  const found = platform.state.corp.relations.find((each) => each.externalUserId === externalUserId);
  if (!found) throw new Error(`nobody follows ${externalUserId}`);
  return found;
};

it('a later run without trouble reads them, and closes the notice', async () => {
  const { world, context } = await aTroubledWorld(refusing(['ben']));
  await runJob(context, syncContactsJob);
  await world.run(syncContactsJob);
  expect((await world.context.notices.open()).map(({ kind }) => kind)).not.toContain('sync-aside');
  expect((await readSync(world.context))?.aside).toEqual([]);
});

it.each([
  ['everybody', refusing(['lena', 'anna', 'ben', 'mark', 'carl', 'olga']), 6],
  ['the whole app', refusing(['ben'], 48002), 1],
])('fails, as before, when WeCom refuses %s', async (_, trouble) => {
  const { context } = await aTroubledWorld(trouble);
  expect(await runJob(context, syncContactsJob)).toMatchObject({ outcome: 'failed' });
  expect(await context.relations.countActive()).toBe(BOOK.length);
});

it.each([
  ['a row that tells whose it is', { staffId: 'anna', externalUserId: 'wm1' }, ['wm2']],
  ['a row of anna that does not tell of whom', { staffId: 'anna', externalUserId: null }, []],
])('loses nothing for %s, and tells it', async (_, ids, lost) => {
  const told = { done: false };
  const { world, context } = await aTroubledWorld((staffIds, { onStrays }) => {
    if (!told.done && staffIds.includes('anna'))
      onStrays?.([{ ...ids, fault: 'follow_info.createtime custom' }]);
    return null;
  });
  const { corp } = world.platform.state;
  corp.relations = corp.relations.filter(({ userid }) => userid !== 'anna');
  expect(await runJob(context, syncContactsJob)).toMatchObject({
    outcome: 'done',
    tally: { lost: lost.length, aside: 1 },
  });
  expect((await readSync(context))?.aside).toEqual([
    'anna：1 条数据格式不对（follow_info.createtime custom）',
  ]);
});
