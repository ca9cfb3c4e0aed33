import { listSuccessorOffers } from '../server/flows/pool/list-successor-offers.ts';
import { offerSuccessor } from '../server/flows/pool/offer-successor.ts';
import { watchInactive } from '../server/flows/pool/watch-inactive.ts';
import { retireMember } from '../server/flows/staff/retire-member.ts';
import { each } from './each.ts';
import { COMES_SOON, type Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

/** Every ten minutes by day: accounts of leavers go to the pool, and on working days their leaders are asked about the heirs. */
export const retireLeaversJob: Job = {
  name: 'retire-leavers',
  cron: '0 */10 8-20 * * *',
  catchUp: COMES_SOON,
  async run(context, mode) {
    const how = { log: context.log, name: 'retire-leavers' };
    const retired = await each(await watchInactive(context), how, async (staffId) => {
      await retireMember(context, staffId, null);
      return true;
    });
    const offers = (await isFreeDay(context, mode)) ? [] : await listSuccessorOffers(context);
    const offered = await each(offers, how, (offer) => offerSuccessor(context, offer));
    return {
      retired: retired['done'] ?? 0,
      offered: offered['done'] ?? 0,
      failed: (retired['failed'] ?? 0) + (offered['failed'] ?? 0),
    };
  },
};
