import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { aDoor } from '../support/a-door.ts';
import { aTeamCorp, type Following } from '../support/a-team-corp.ts';
import { aSyncedWorld } from '../support/a-world.ts';
import { tagNames } from '../support/tag-names.ts';

const twelve: Following[] = Array.from({ length: 12 }, (_, n) => ['anna', `wm${n}`, `公司${n}`]);

it('comes back at the end to accounts that WeCom had no time for', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(twelve) });
  world.platform.faults.next('mark_tag', { errcode: 40058 }, 5);
  const { context, lines } = await aDoor(world.context);
  const ran = await runJob(context, classifyAccountsJob);
  expect(ran).toMatchObject({ outcome: 'done', tally: { seen: 12, tagged: 12, failed: 0 } });
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  const tagged = twelve.map(([userid, externalUserId]) =>
    tagNames(world.platform, { userid, externalUserId }),
  );
  expect(tagged).toEqual(twelve.map(() => ['客户阶段/猜想']));
});

it('gives up for this night on what fails twice, and tags the others', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(twelve.slice(0, 3)) });
  world.platform.faults.next('mark_tag', { errcode: 40058 }, 4);
  const { context, lines } = await aDoor(world.context);
  const ran = await runJob(context, classifyAccountsJob);
  expect(ran).toMatchObject({ outcome: 'done', tally: { tagged: 2, failed: 1 } });
  expect(lines.filter(({ message }) => message === 'one item failed')).toHaveLength(1);
  expect(await world.run(classifyAccountsJob)).toMatchObject({ tagged: 1, failed: 0 });
});

it('classifies though this app may not make tags', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(twelve.slice(0, 1)) });
  const { context } = await aDoor(world.context);
  const tagCatalog = { ...context.tagCatalog, read: async () => null };
  world.platform.faults.next('get_corp_tag_list', { errcode: 48002 }, 9);
  const ran = await runJob({ ...context, tagCatalog }, classifyAccountsJob);
  expect(ran).toMatchObject({ outcome: 'done', tally: { seen: 1, tagged: 0, failed: 1 } });
  expect((await context.accounts.findByKey('公司0'))?.stageWhy).not.toBeNull();
});
