import type { DealsView } from '../../../server/api/contract/deals.ts';
import { call } from '../../parts/api.ts';

/** What an account bought and may buy, the latest first. */
export const readDeals = (accountId: string) =>
  call<DealsView>(`/accounts/${encodeURIComponent(accountId)}/deals`);
