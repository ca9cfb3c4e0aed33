import { isWhole, unless, type Problem } from '../problem.ts';

/** How many accounts a member may take out of the pool by themselves 领取. Source: domain.md §13. */
export type ClaimSettings = {
  maxAccounts: number; // that one member may own; who has as many claims none
  perDay: number; // claims of one member on one calendar day of the corp
  cooldownDays: number; // of 24 h, before who released an account may claim it again; 0: at once
};

/** Numbers of ours. */
export const DEFAULT_CLAIMS: ClaimSettings = { maxAccounts: 500, perDay: 20, cooldownDays: 7 };

/** What is wrong with these limits. */
export function claimProblems({ maxAccounts, perDay, cooldownDays }: ClaimSettings): Problem[] {
  return [
    ...unless(isWhole(maxAccounts, 1, 100_000), 'maxAccounts', '每人客户上限须为 1 到 100000 的整数'),
    ...unless(isWhole(perDay, 1, 1000), 'perDay', '每天可领取的客户数须为 1 到 1000 的整数'),
    ...unless(isWhole(cooldownDays, 0, 365), 'cooldownDays', '释放后再次领取的间隔须为 0 到 365 天的整数'),
  ];
}

/** Why a claim is refused; they are the codes of the API, too. */
export const CLAIM_REFUSALS = ['too_many_accounts', 'too_many_claims', 'cooling_down'] as const;
export type ClaimRefusal = (typeof CLAIM_REFUSALS)[number];

/** What a claim is judged by; `releasedAt`: when the same member last gave this account away, null: never. */
export type ClaimFacts = { owned: number; claimedToday: number; releasedAt: Date | null };

const DAY_MS = 86_400_000;

/** The first limit that stands against one more claim at `now`; null when none does. */
export function claimRefusal(
  settings: ClaimSettings,
  { owned, claimedToday, releasedAt }: ClaimFacts,
  now: Date,
): ClaimRefusal | null {
  if (owned >= settings.maxAccounts) return 'too_many_accounts';
  if (claimedToday >= settings.perDay) return 'too_many_claims';
  const isCooling = releasedAt && now.getTime() - releasedAt.getTime() < settings.cooldownDays * DAY_MS;
  return isCooling ? 'cooling_down' : null;
}

/** What people read when a claim is refused. */
export function claimRefusalText(refusal: ClaimRefusal, settings: ClaimSettings): string {
  const texts: Record<ClaimRefusal, string> = {
    too_many_accounts: `您名下已有 ${settings.maxAccounts} 个客户，请先释放不再跟进的客户`,
    too_many_claims: `每天最多领取 ${settings.perDay} 个客户，请明天再来`,
    cooling_down: `您释放这个客户不满 ${settings.cooldownDays} 天，暂不能再次领取`,
  };
  return texts[refusal];
}
