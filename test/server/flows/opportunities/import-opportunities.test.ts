import { expect, it } from 'vitest';
import type { OpportunityRow } from '../../../../server/domain/deals/opportunity-row.ts';
import { importOpportunities } from '../../../../server/flows/opportunities/import-opportunities.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

const opportunity = (external_id: string, more: OpportunityRow = {}): OpportunityRow => ({
  external_id,
  account: '甲',
  stage: '意向',
  amount_yuan: '1000',
  owner: 'anna',
  ...more,
});

it('keeps opportunities of a customer, with the history of their stages, and may be repeated', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const load = (...rows: OpportunityRow[]) => importOpportunities(world.context, rowsOf(rows));
  const report = await load(opportunity('1'), opportunity('2', { owner: 'nobody' }));
  expect(report).toMatchObject({ created: 1, rejected: [{ line: 3, id: '2' }] });
  const jia = await world.context.accounts.findByKey('甲');
  const [kept] = await world.context.opportunities.ofAccount(jia?._id ?? '');
  expect(kept).toMatchObject({ _id: '1', ownerId: 'anna', stageHistory: [{ stage: 'interest' }] });

  world.setNow('2026-03-12T10:00:00+08:00');
  expect(await load(opportunity('1'))).toMatchObject({ unchanged: 1 });
  expect(await load(opportunity('1', { stage: '谈判' }))).toMatchObject({ changed: 1 });
  expect(await world.context.opportunities.find('1')).toMatchObject({
    stage: 'negotiation',
    stageHistory: [{ stage: 'interest' }, { stage: 'negotiation', at: world.context.now() }],
  });
});

it('tells when an opportunity comes to another customer', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  await importOpportunities(world.context, rowsOf([opportunity('1')]));
  const { notes } = await importOpportunities(world.context, rowsOf([opportunity('1', { account: '乙' })]));
  expect(notes).toEqual([{ line: 2, id: '1', reasons: ['商机原属客户“甲”，现归“乙”'] }]);
});
