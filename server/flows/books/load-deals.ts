import type { Context } from '../../context.ts';
import type { Contract } from '../../domain/deals/contract.ts';
import type { Opportunity } from '../../domain/deals/opportunity.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'complaints' | 'contacts' | 'contracts' | 'opportunities'>;

type OfAccount = { externalId: string; accountExternalId: string };
type OldComplaint = {
  externalUserId: string;
  staffId: string;
  at: Date;
  text: string;
  closed: { at: Date; cause: string; action: string } | null;
};

/** What was under way before Genjin, of accounts and contacts that are known already. */
export type PastDeals = {
  opportunities: (OfAccount & Omit<Opportunity, 'accountId' | 'ownerId'>)[];
  contracts: (OfAccount & Omit<Contract, 'accountId'>)[];
  complaints: OldComplaint[];
};

/** Loads opportunities, contracts and complaints; what belongs to unknown accounts or contacts is left out. Repeatable. */
export async function loadDeals(
  context: Needs,
  { opportunities, contracts, complaints }: PastDeals,
): Promise<void> {
  const accountOf = lookUp(context);
  for (const { externalId, accountExternalId, ...deal } of opportunities) {
    const account = await accountOf(accountExternalId);
    if (!account) continue;
    const { _id: accountId, ownerId } = account;
    await context.opportunities.saveAll([{ _id: externalId, accountId, ownerId, ...deal }]);
  }
  for (const { externalId, accountExternalId, ...deal } of contracts) {
    const account = await accountOf(accountExternalId);
    if (account) await context.contracts.saveAt(externalId, null, { accountId: account._id, ...deal });
  }
  for (const each of complaints) await keepComplaint(context, each);
}

/** Accounts by the number that the ERP gave them, each asked for once. */
function lookUp({ accounts }: Needs): (externalId: string) => Promise<Account | null> {
  const known = new Map<string, Promise<Account | null>>();
  return (externalId) => {
    const found = known.get(externalId) ?? accounts.findByExternalId(externalId);
    known.set(externalId, found);
    return found;
  };
}

async function keepComplaint(
  { complaints, contacts }: Needs,
  { externalUserId, staffId, at, text, closed }: OldComplaint,
): Promise<void> {
  const accountId = (await contacts.find(externalUserId))?.accountId;
  if (!accountId) return;
  await complaints.keep({
    _id: `past:${externalUserId}:${at.getTime()}`,
    accountId,
    externalUserId,
    channel: 'chat',
    text,
    openedAt: at,
    openedBy: staffId,
    ...(closed
      ? { closedAt: closed.at, closedBy: staffId, cause: closed.cause, action: closed.action }
      : OPEN),
  });
}

const OPEN = { closedAt: null, closedBy: null, cause: '', action: '' };
