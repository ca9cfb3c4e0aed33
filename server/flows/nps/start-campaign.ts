import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { CAMPAIGN_DAYS } from '../../domain/nps/nps.ts';
import type { Tier } from '../../domain/classification/tier.ts';
import { AppError } from '../../errors.ts';
import type { Campaign } from '../../store/campaigns.ts';

const DAY_MS = 86_400_000;

/** Every campaign belongs to this programme until there are more. */
const PROGRAMME = 'relationship';

/**
 * Opens a campaign for two weeks; `tiers` empty means everybody.
 *
 * @throws {AppError} 409 `campaign_exists` when the name is taken.
 */
export async function startCampaign(
  { campaigns, now }: Pick<Context, 'campaigns' | 'now'>,
  { name, tiers }: { name: string; tiers: Tier[] },
): Promise<Campaign> {
  if (await campaigns.findByName(name)) {
    throw new AppError(409, 'campaign_exists', { message: `已有名为“${name}”的活动，请换一个名称` });
  }
  const opensAt = now();
  const closesAt = new Date(opensAt.getTime() + CAMPAIGN_DAYS * DAY_MS);
  const campaign = {
    _id: randomBytes(5).toString('hex'),
    name,
    programme: PROGRAMME,
    tiers,
    opensAt,
    closesAt,
  };
  await campaigns.create(campaign);
  return campaign;
}
