import type { Standing } from './staff.ts';

/** Whether the member who hands over still works here (在职继承) or has left (离职继承). Source: wecom.md §3.8. */
export const TRANSFER_KINDS = ['on_job', 'resigned'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/**
 * `asked`: claimed, WeCom's answer not known yet; `waiting`: WeCom carries it out after 24 h; `refused` by the customer;
 * `full`: the taker has as many customers as WeCom allows; `rejected` by WeCom at once; `unknown`: WeCom has no record of it.
 */
export const TRANSFER_STATES = [
  'asked',
  'waiting',
  'done',
  'refused',
  'full',
  'rejected',
  'unknown',
] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** States that may still change. */
export const OPEN_STATES = ['asked', 'waiting'] as const satisfies readonly TransferState[];

/** At most so many contacts in one call. Source: wecom.md §3.8. */
export const TRANSFER_BATCH = 100;

const DAY_MS = 86_400_000;
/** A customer may be moved on the job so often within so many days. Source: wecom.md §3.8. */
const TRANSFER_TIMES = 2;
export const TRANSFER_DAYS = 90;

/** True when another transfer on the job would be one too many: a move just 90 days ago no longer counts. */
export function isTooOften(movedAt: readonly Date[], now: Date): boolean {
  const from = now.getTime() - TRANSFER_DAYS * DAY_MS;
  return movedAt.filter((at) => at.getTime() > from).length >= TRANSFER_TIMES;
}

/** What WeCom's codes at the start of a transfer mean. Source: wecom.md §3.8, §4.2. */
const REASONS: Readonly<Record<number, string>> = {
  40003: '成员不存在',
  40096: '客户不存在，或已不是该成员的客户',
  40097: '原负责人尚未离职，不能按离职继承处理',
  40098: '接手成员未实名认证',
  40099: '接手成员的客户数已达上限',
  40100: '客户正在转接中',
  40128: '90 天内已转接两次，请过些日子再试',
  40129: '客户正在转接中',
  40130: '原负责人与接手成员是同一人',
  40131: '原负责人没有添加这位客户',
  41054: '成员未激活',
  60011: '成员不在应用的可见范围内',
  60111: '成员不存在',
  84061: '原负责人没有添加这位客户',
  84074: '没有权限，请检查“客户联系”的可调用应用',
};
export const TOO_OFTEN = 40128;

/** Why WeCom did not start a transfer, in Chinese. */
export const transferReason = (errcode: number): string =>
  REASONS[errcode] ?? `企业微信返回错误码 ${errcode}`;

/** True when there was nothing to hand over: the one who hands over does not follow the contact. */
export const isNoFollower = (errcode: number): boolean => [40131, 84061, 40096].includes(errcode);

const STATE_NAMES: Record<TransferState, string> = {
  asked: '已提交，等待企业微信确认',
  waiting: '等待接替（24 小时后自动生效，客户可拒绝）',
  done: '已接替',
  refused: '客户拒绝',
  full: '接手成员的客户数已达上限',
  rejected: '未能发起',
  unknown: '企业微信没有这次转接的记录',
};

/** Where a transfer stands, in Chinese, with the reason when WeCom did not start it. */
export const transferStateName = (state: TransferState, errcode: number | null): string =>
  errcode === null ? STATE_NAMES[state] : `${STATE_NAMES[state]}：${transferReason(errcode)}`;

/** Why two members cannot hand over to each other this way; null when they can. */
export const TRANSFER_FAULTS = [
  'same_person',
  'taker_not_active',
  'owner_has_left',
  'owner_not_left',
] as const;
export type TransferFault = (typeof TRANSFER_FAULTS)[number];

/** What people read about a fault. */
export const FAULT_TEXTS: Record<TransferFault, string> = {
  same_person: '原负责人与接手成员是同一人',
  taker_not_active: '接手成员不在职，或不在本应用的可见范围内',
  owner_has_left: '原负责人已离职，请按离职继承（resigned）处理',
  owner_not_left: '原负责人尚未离职，请按在职继承（on_job）处理',
};

/** Checks what can be known before WeCom is asked. `standing` is that of the one who hands over; `takeover` null: nobody. */
export function transferFault(
  kind: TransferKind,
  { handoverId, standing, takeover }: Ends,
): TransferFault | null {
  if (takeover?._id === handoverId) return 'same_person';
  if (!takeover?.isActive) return 'taker_not_active';
  if (kind === 'on_job') return standing === 'left' ? 'owner_has_left' : null;
  return ['left', 'hidden'].includes(standing) ? null : 'owner_not_left';
}

type Ends = {
  handoverId: string;
  standing: Standing;
  takeover: { _id: string; isActive: boolean } | null;
};

/** What WeCom says about one contact. */
export type TransferNews = {
  outcome: 'done' | 'waiting' | 'refused' | 'full' | 'unknown';
  takeoverAt: Date | null;
};

/** WeCom's clock and ours, and how long its book may lag behind its answer. */
const LAG_MS = 10 * 60_000;
/** A started transfer of which WeCom shows nothing for so long is not coming any more. */
const LOST_MS = 48 * 3_600_000;

/**
 * What the news make of an open transfer; null while nothing changes. A missing record settles only what must have been
 * there by now; a takeover from before the question belongs to an earlier transfer.
 */
export function stateAfter(
  { state, askedAt }: { state: TransferState; askedAt: Date },
  news: TransferNews | null,
  now: Date,
): TransferState | null {
  if (news && isFresh(news, askedAt)) return news.outcome === state ? null : news.outcome;
  const patienceMs = state === 'asked' ? LAG_MS : LOST_MS;
  return now.getTime() - askedAt.getTime() >= patienceMs ? 'unknown' : null;
}

function isFresh({ outcome, takeoverAt }: TransferNews, askedAt: Date): boolean {
  const isOld = outcome === 'done' && takeoverAt && takeoverAt.getTime() < askedAt.getTime() - LAG_MS;
  return outcome !== 'unknown' && !isOld;
}

/** True when an event of that instant may be about the transfer; events tell whole seconds. */
export const mayConcern = ({ askedAt }: { askedAt: Date }, at: Date): boolean =>
  at.getTime() >= askedAt.getTime() - LAG_MS;

/** True when the taker now owns what the transfer is about: a leaver's account at once, a colleague's when it is done. */
export const isOwnerNow = (kind: TransferKind, state: TransferState): boolean =>
  state === 'done' || (kind === 'resigned' && state === 'waiting');

/** The notice about customers who refused, or for whom there was no room; ids only. */
export const transferNotice = (
  { handoverId, takeoverId }: { handoverId: string; takeoverId: string },
  state: 'refused' | 'full',
) => ({
  kind: `transfer-${state}`,
  subject: `${handoverId}.${takeoverId}`,
  text:
    state === 'refused'
      ? `从 ${handoverId} 转给 ${takeoverId} 的客户中有人拒绝了转接；运行 npm run cli -- transfers --state refused 查看，请原负责人或主管联系客户`
      : `成员 ${takeoverId} 的客户数已达企业微信上限，部分客户未能从 ${handoverId} 转入；请扩容或改由他人接手`,
});
