import type { Context } from '../../context.ts';
import { nextPromiseId, PAST_ACTION } from '../../domain/cadence/past-touches.ts';
import { NEXT_TOUCH } from '../../domain/cadence/promise.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  'accounts' | 'answers' | 'followUps' | 'promises' | 'touches' | 'settings' | 'site' | 'now'
>;

/**
 * Takes over accounts of a version in which a promise was a date of the account, an answered survey a touch, and a bad mark
 * settled by the next talk: the date becomes a promise, and settled marks count as closed. Repeatable; an account that was taken
 * over is not looked at again.
 *
 * @returns how many were taken over.
 */
export async function adoptAccounts(context: Needs): Promise<number> {
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  let adopted = 0;
  for await (const account of context.accounts.unmarked()) {
    await adoptPromise(context, account);
    await closeSettled(context, account);
    await context.touches.refresh(account._id, place);
    adopted += 1;
  }
  return adopted;
}

async function adoptPromise({ followUps, promises, now }: Needs, account: Account): Promise<void> {
  const { _id: accountId, promisedOn: day, ownerId } = account;
  if (!day) return;
  const talk = await followUps.lastPlanned(accountId);
  const {
    externalUserId,
    at: madeAt,
    staffId: madeBy,
  } = talk ?? {
    externalUserId: null,
    at: now(),
    staffId: ownerId ?? '',
  };
  const said = { text: talk?.nextStep || NEXT_TOUCH, day };
  const made = { madeAt, madeBy, madeIn: talk ? talk._id : null };
  const _id = nextPromiseId(talk ? talk._id : accountId);
  await promises.make([{ _id, accountId, externalUserId, ...said, ...made }]);
}

/** Whoever waited then, waits still. */
async function closeSettled({ answers, now }: Needs, account: Account): Promise<void> {
  const { _id, detractorAt, lastTouchAt, ownerId } = account;
  if (!detractorAt && !lastTouchAt) return;
  const closure = { by: ownerId ?? '', at: lastTouchAt ?? now(), cause: '', action: PAST_ACTION };
  await answers.closeBefore(_id, detractorAt ?? now(), closure);
}
