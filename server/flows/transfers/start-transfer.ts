import type { Context } from '../../context.ts';
import { promisedToOthers, PROMISED } from '../../domain/accounts/account-right.ts';
import {
  freeAccounts,
  ownerChange,
  stuckAccounts,
  type Handover,
  type Movable,
  type TransferProblem,
  type TransferReport,
} from '../../domain/staff/handover.ts';
import {
  FAULT_TEXTS,
  isNoFollower,
  isTooOften,
  TOO_OFTEN,
  transferFault,
  transferReason,
  TRANSFER_BATCH,
  TRANSFER_DAYS,
  type TransferKind,
} from '../../domain/staff/transfer.ts';
import { AppError, traitsOf } from '../../errors.ts';
import type { NewTransfer, Transfer } from '../../store/transfers.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Needs = Pick<
  Context,
  'staff' | 'pool' | 'relations' | 'contacts' | 'transfers' | 'history' | 'wecom' | 'now'
>;

/** What to hand over: these accounts, or `null` for all; of a leaver only those proposed to `heirId`, when named. */
export type TransferRequest = {
  kind: TransferKind;
  handoverId: string;
  takeoverId: string;
  accountIds: readonly string[] | null;
  heirId?: string;
  askedBy: string;
};

const DAY_MS = 86_400_000;

/**
 * Hands accounts with the contacts whom the owner follows to a colleague: WeCom is asked for each contact at most once, in
 * batches. A leaver's account changes hands at once, a colleague's when WeCom has carried it out; an account without any
 * contact to move changes hands at once. What is promised to another heir stays, or is refused when it is named.
 *
 * @throws {AppError} 409 with a `TransferFault`, `not_their_accounts`, or `promised_to_heir`.
 * @throws {WecomError | WecomShut | WecomUnreachable} when WeCom cannot be asked now; what was unsure stays `asked` and is
 *   cleared up by `collect-transfers`, the rest may be asked for again.
 */
export async function startTransfer(context: Needs, wish: TransferRequest): Promise<TransferReport> {
  const { accounts, contacts } = await chooseWhat(context, wish);
  const handover: Handover = { ...wish, askedAt: context.now() };
  const report: TransferReport = { started: 0, assigned: 0, problems: [] };
  const unfollowed = new Set<string>();
  report.assigned += await assign(context, handover, freeAccounts(accounts, contacts, unfollowed));
  const allowed = await leaveOutTooOften(context, { handover, contacts }, report);
  for (let from = 0; from < allowed.length; from += TRANSFER_BATCH) {
    const asked = allowed.slice(from, from + TRANSFER_BATCH).map((each) => asNew(handover, each));
    for (const id of await startBatch(context, { handover, asked }, report)) unfollowed.add(id);
  }
  report.assigned += await assign(context, handover, freeAccounts(accounts, contacts, unfollowed));
  await context.pool.unaccept(stuckAccounts(report.problems));
  return report;
}

async function chooseWhat(context: Needs, wish: TransferRequest) {
  const { handoverId, accountIds, heirId } = wish;
  const leftAt = await checkPair(context, wish);
  const held = await context.pool.heldBy(handoverId, { heirId, accountIds });
  if (accountIds && held.length < new Set(accountIds).size)
    throw new AppError(409, 'not_their_accounts', { message: '所选客户中有的不属于原负责人' });
  const promised = promisedToOthers(held, wish.takeoverId);
  if (accountIds && promised.size > 0) throw new AppError(409, 'promised_to_heir', { message: PROMISED });
  const accounts = held.map(({ _id }) => _id).filter((id) => !promised.has(id));
  const isMeant = (id: string) => (accountIds || heirId ? accounts.includes(id) : !promised.has(id));
  const contacts = await contactsOf(context, handoverId, leftAt);
  return { accounts, contacts: contacts.filter(({ accountId }) => isMeant(accountId ?? '')) };
}

/** @returns when the one who hands over left; null for a colleague */
async function checkPair({ staff, now }: Needs, wish: TransferRequest): Promise<Date | null> {
  const { kind, handoverId, takeoverId } = wish;
  const handover = await staff.find(handoverId);
  const { standing, inactiveAt } = { standing: 'left' as const, inactiveAt: null, ...handover };
  const fault = transferFault(kind, { handoverId, standing, takeover: await staff.find(takeoverId) });
  if (fault) throw new AppError(409, fault, { message: FAULT_TEXTS[fault] });
  return kind === 'resigned' ? (inactiveAt ?? now()) : null;
}

/** Whom the member follows; of a leaver also whom WeCom stopped telling of since, because leaving does that. */
async function contactsOf(
  { relations, contacts, now }: Needs,
  staffId: string,
  leftAt: Date | null,
): Promise<Movable[]> {
  const held = await relations.heldSince(staffId, new Date((leftAt ?? now()).getTime() - DAY_MS));
  const ids = held.filter(({ lostAt }) => leftAt || !lostAt).map(({ externalUserId }) => externalUserId);
  const people = await contacts.findMany(ids);
  return people.map(({ _id, accountId }) => ({ externalUserId: _id, accountId }));
}

const asNew = (
  { kind, handoverId, takeoverId, askedBy, askedAt }: Handover,
  contact: Movable,
): NewTransfer => ({ kind, handoverId, takeoverId, askedBy, askedAt, ...contact });

/** WeCom would refuse a customer moved twice in 90 days; our own book knows before. */
async function leaveOutTooOften(
  { transfers, now }: Needs,
  { handover, contacts }: { handover: Handover; contacts: readonly Movable[] },
  report: TransferReport,
): Promise<Movable[]> {
  if (handover.kind === 'resigned') return [...contacts];
  const since = new Date(now().getTime() - TRANSFER_DAYS * DAY_MS);
  const ids = contacts.map(({ externalUserId }) => externalUserId);
  const moved = await transfers.movedSince(ids, since);
  const isAllowed = ({ externalUserId }: Movable) => !isTooOften(moved.get(externalUserId) ?? [], now());
  for (const each of contacts.filter((one) => !isAllowed(one)))
    report.problems.push({ ...each, code: 'too_often', reason: transferReason(TOO_OFTEN) });
  return contacts.filter(isAllowed);
}

type Batch = { handover: Handover; asked: readonly NewTransfer[] };

/** @returns the contacts whom the owner turned out not to follow */
async function startBatch(
  context: Needs,
  { handover, asked }: Batch,
  report: TransferReport,
): Promise<string[]> {
  const claimed = await context.transfers.claim(asked);
  const ours = new Set(claimed.map(({ externalUserId }) => externalUserId));
  for (const { externalUserId, accountId } of asked.filter((each) => !ours.has(each.externalUserId)))
    report.problems.push({ externalUserId, accountId, code: 'in_progress', reason: '正在转接中' });
  if (claimed.length === 0) return [];
  const codes = await ask(context, handover, claimed);
  const started = claimed.filter(({ externalUserId }) => codes.get(externalUserId) === 0);
  const unfollowed = claimed
    .map(({ externalUserId }) => externalUserId)
    .filter((id) => isNoFollower(codes.get(id) ?? 0));
  const ownIds = (handover.kind === 'resigned' ? started : []).flatMap(({ accountId }) => accountId ?? []);
  report.started += started.length;
  report.assigned += await assign(context, handover, ownIds);
  for (const externalUserId of unfollowed)
    await context.relations.lose({ staffId: handover.handoverId, externalUserId }, 'gone', context.now());
  for (const transfer of claimed) {
    const problem = await keepCode(context, transfer, codes.get(transfer.externalUserId));
    if (problem) report.problems.push(problem);
  }
  return unfollowed;
}

/**
 * Asks WeCom for one batch; gives its code for each contact, the same for all when it refused the call. Who is missing in the
 * answer is missing here, too: polling tells.
 */
async function ask(
  { wecom, transfers }: Needs,
  { kind, handoverId, takeoverId }: Handover,
  claimed: readonly Transfer[],
): Promise<Map<string, number>> {
  const externalUserIds = claimed.map(({ externalUserId }) => externalUserId);
  try {
    const rows = await wecom.transfers.start({ kind, handoverId, takeoverId, externalUserIds });
    return new Map(rows.map(({ externalUserId, errcode }) => [externalUserId, errcode]));
  } catch (error) {
    if (error instanceof WecomError && !error.isTransient)
      return new Map(externalUserIds.map((id) => [id, error.errcode]));
    if (traitsOf(error).isUnsent) await transfers.release(claimed.map(({ _id }) => _id));
    throw error;
  }
}

async function keepCode(
  { transfers, now }: Needs,
  { _id, externalUserId, accountId }: Transfer,
  errcode: number | undefined,
): Promise<TransferProblem | null> {
  if (errcode === 0) await transfers.settle(_id, { state: 'waiting' });
  if (!errcode) return null;
  await transfers.settle(_id, { state: 'rejected', errcode, settledAt: now() });
  return { externalUserId, accountId, code: 'rejected', reason: transferReason(errcode) };
}

/** Gives what the one who hands over still holds of these accounts to the taker. @returns how many */
async function assign(
  { pool, history, now }: Needs,
  handover: Handover,
  accountIds: readonly string[],
): Promise<number> {
  const { handoverId: fromId, takeoverId: toId } = handover;
  const held = (await pool.heldBy(fromId, { accountIds })).map(({ _id }) => _id);
  await history.appendOnce(held.map((id) => ownerChange(handover, id, now())));
  await pool.assign(held, { fromId, toId });
  return held.length;
}
