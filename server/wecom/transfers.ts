import { z } from 'zod';
import { code, flag, instant, instantOrNull, mainRows, paged, rows } from './answer-shapes.ts';
import type { WecomCall } from './call.ts';
import { always, defineCall, definePages } from './define-call.ts';
import { chars, id, list, staff } from './request-shapes.ts';

/** Whether the member who hands over still works here (在职继承) or has left (离职继承). */
export type TransferKind = 'on_job' | 'resigned';

/** The two ends of a transfer. */
type Pair = { handoverId: string; takeoverId: string };

/** Up to 100 contacts to hand over; `text` (≤200 characters) is told to them, on the job only. */
export type TransferStart = Pair & { externalUserIds: readonly string[]; text?: string };

/** Where a transfer stands; `takeoverAt` lies ahead while waiting. 'unknown': WeCom has no record of it. */
export type TransferResult = {
  externalUserId: string;
  outcome: 'done' | 'waiting' | 'refused' | 'full' | 'unknown';
  takeoverAt: Date | null;
};

const OUTCOMES = ['unknown', 'done', 'waiting', 'refused', 'full', 'unknown'] as const;

const ROOT = '/cgi-bin/externalcontact';
const handover = { handover_userid: staff, takeover_userid: staff };
const askPair = ({ handoverId, takeoverId }: Pair) => ({
  handover_userid: handoverId,
  takeover_userid: takeoverId,
});

const starting = (path: string, text: z.ZodType<string | undefined, string | undefined>) =>
  defineCall({
    path,
    request: z.strictObject({ ...handover, external_userid: list(id, 100, 1), transfer_success_msg: text }),
    ask: ({ externalUserIds, text, ...pair }: TransferStart) => ({
      ...askPair(pair),
      external_userid: externalUserIds,
      transfer_success_msg: text,
    }),
    answer: z.object({ customer: mainRows(z.object({ external_userid: z.string(), errcode: code })) }),
    tell: ({ customer }) =>
      customer.map(({ external_userid: externalUserId, errcode }) => ({ externalUserId, errcode })),
    isRepeatable: false,
  });

const resulting = (path: string) =>
  definePages({
    path,
    request: z.strictObject(handover),
    ask: askPair,
    answer: z.object({
      customer: mainRows(
        z.object({ external_userid: z.string(), status: code, takeover_time: instantOrNull }),
      ),
      ...paged,
    }),
    tell: ({ customer }) =>
      customer.map((row): TransferResult => ({
        externalUserId: row.external_userid,
        outcome: OUTCOMES[row.status] ?? 'unknown',
        takeoverAt: row.takeover_time,
      })),
  });

const regrouping = (path: string) =>
  defineCall({
    path,
    request: z.strictObject({ chat_id_list: list(id, 100, 1), new_owner: staff }),
    ask: ({ chatIds, newOwnerId }: { chatIds: readonly string[]; newOwnerId: string }) => ({
      chat_id_list: chatIds,
      new_owner: newOwnerId,
    }),
    answer: z.object({ failed_chat_list: rows(z.object({ chat_id: z.string(), errcode: code })) }),
    tell: ({ failed_chat_list: failed }) =>
      failed.map(({ chat_id: chatId, errcode }) => ({ chatId, errcode })),
    isRepeatable: false,
  });

const unassigned = definePages({
  path: `${ROOT}/get_unassigned_list`,
  request: z.strictObject({ page_size: z.int() }),
  ask: always({ page_size: 1000 }),
  answer: z
    .object({
      info: mainRows(
        z.object({ handover_userid: z.string(), external_userid: z.string(), dimission_time: instant }),
      ),
      is_last: flag,
      ...paged,
    })
    .transform((page) => (page.is_last ? { ...page, next_cursor: '' } : page)),
  tell: ({ info }) =>
    info.map((row) => ({
      handoverId: row.handover_userid,
      externalUserId: row.external_userid,
      leftAt: row.dimission_time,
    })),
});

const onJobText = chars(200).optional();
const noText = z.undefined('is known to transfers on the job only').optional();

/** Handing contacts and groups over. @see https://developer.work.weixin.qq.com/document/path/92125, 94081, 92124 */
export function createTransfersApi(call: WecomCall) {
  const start = {
    on_job: starting(`${ROOT}/transfer_customer`, onJobText)(call),
    resigned: starting(`${ROOT}/resigned/transfer_customer`, noText)(call),
  };
  const results = {
    on_job: resulting(`${ROOT}/transfer_result`)(call),
    resigned: resulting(`${ROOT}/resigned/transfer_result`)(call),
  };
  const groups = {
    on_job: regrouping(`${ROOT}/groupchat/onjob_transfer`)(call),
    resigned: regrouping(`${ROOT}/groupchat/transfer`)(call),
  };
  return {
    /** Starts handing over; `errcode` 0 means it takes effect in 24 hours unless the contact refuses. Others: wecom.md §3.8. */
    start: ({ kind, ...asked }: TransferStart & { kind: TransferKind }) => start[kind](asked),
    /** What became of every transfer between two members. */
    results: ({ kind, ...pair }: Pair & { kind: TransferKind }) => results[kind](pair),
    /** Contacts of members who left within a year, and that nobody has taken over. */
    unassigned: () => unassigned(call)(),
    /** Gives up to 100 groups a new owner. @returns those that were refused. */
    groups: ({ kind, ...asked }: { kind: TransferKind; chatIds: readonly string[]; newOwnerId: string }) =>
      groups[kind](asked),
  };
}
