import type { Context } from '../../context.ts';
import type { TierPolicy } from '../../domain/classification/playbook.ts';
import type { Tier } from '../../domain/classification/tier.ts';

/** How a tier is served, and what it may cost; null for accounts that are not tiered yet. */
export async function readPlaybook(
  { settings }: Pick<Context, 'settings'>,
  tier: Tier,
): Promise<{ tier: Tier; policy: TierPolicy | null }> {
  const { value } = await settings.readSection('playbook');
  return { tier, policy: tier === 'unrated' ? null : value[tier] };
}
