import type { Context } from '../../context.ts';
import { cadenceReport, type CadenceReport } from '../../domain/cadence/view.ts';
import type { Account } from '../../store/account-model.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';

/** What a touch, a promise or a closed loop needs, to be followed up. */
export type CadenceNeeds = Pick<Context, 'touches' | 'settings' | 'now' | 'site'> &
  Parameters<typeof endEndedWarnings>[0];

/**
 * Works out anew what is owed to an account after a touch, a promise, an answer or a closed loop; warnings whose fact has ended
 * with it go. Repeatable. Source: domain.md §6.
 */
export async function refreshCadence(context: CadenceNeeds, account: Account): Promise<CadenceReport> {
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  const fresh = (await context.touches.refresh(account._id, place)) ?? account;
  await endEndedWarnings(context, account._id);
  return cadenceReport(fresh, context.now(), place);
}
