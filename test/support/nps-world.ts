import { askNpsJob } from '../../jobs/ask-nps.ts';
import { startCampaign } from '../../server/flows/nps/start-campaign.ts';
import type { Campaign } from '../../server/store/campaigns.ts';
import { aTeamCorp, type Following } from './a-team-corp.ts';
import { aVisitor, type Visitor } from './a-visitor.ts';
import { aSyncedWorld, type LivingWorld } from './a-world.ts';

/** Runs ask-nps whatever day it is. */
export const ask = (world: LivingWorld) => world.run(askNpsJob, { byHand: true });

/** A synchronised world with one open campaign for everybody. */
export async function anOpenCampaign(
  followings: readonly Following[],
): Promise<{ world: LivingWorld; campaign: Campaign }> {
  const world = await aSyncedWorld({ corp: aTeamCorp(followings) });
  return { world, campaign: await startCampaign(world.context, { name: '一季度', tiers: [] }) };
}

/** Who is in which mass message, by member: `anna: wm1 wm2`. */
export const asked = ({ platform }: LivingWorld): string[] =>
  platform.state.massMessages.flatMap(({ tasks }) =>
    tasks.map(
      ({ userid, recipients }) =>
        `${userid}: ${recipients
          .map(({ externalUserId }) => externalUserId)
          .sort()
          .join(' ')}`,
    ),
  );

/** How far the invitation of one contact got; undefined without one. */
export const stateOf = async ({ context }: LivingWorld, campaign: Campaign, externalUserId: string) =>
  (await context.invitations.find(`${campaign._id}:${externalUserId}`))?.state;

/** How many contacts anybody asked. */
export async function countAsked({ context }: LivingWorld, campaign: Campaign): Promise<number> {
  const everybody = (await context.staff.all()).map(({ _id }) => _id);
  return (await context.invitations.countAsked(campaign._id, everybody)).sent;
}

/** The member confirms every waiting mass message in WeCom. */
export function confirmAll({ platform }: LivingWorld): void {
  for (const { msgid, tasks } of platform.state.massMessages) {
    for (const { userid, status } of tasks)
      if (status === 'waiting') platform.actions.confirmMassMessage({ userid, msgid });
  }
}

/** anna has asked wm1, who opened nothing yet; `path` is where their answer goes. */
export async function anAskedWorld(): Promise<{
  world: LivingWorld;
  campaign: Campaign;
  path: string;
  token: string;
}> {
  const { world, campaign } = await anOpenCampaign([['anna', 'wm1', '甲']]);
  await ask(world);
  const token = world.context.signer.seal('survey', `${campaign._id}:wm1`);
  return { world, campaign, token, path: `/api/v1/survey/${token}` };
}

/** The phone of a contact, on which WeCom told us who opened the link. */
export async function aRecognised(
  { origin }: LivingWorld,
  { _id }: Campaign,
  externalUserId = 'wm1',
): Promise<Visitor> {
  const visitor = aVisitor(origin, `customer:${externalUserId}`);
  await visitor.follow(`/s/c/${_id}`);
  return visitor;
}
