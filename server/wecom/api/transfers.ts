import { z } from 'zod';
import {
  code,
  eachOfRows,
  eachRow,
  flag,
  idText,
  instant,
  instantOrNull,
  paged,
  straysAs,
} from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, definePages } from '../client/define-call.ts';
import { chars, id, list, staff } from '../client/request-shapes.ts';

/** Whether the member who hands over still works here (在职继承) or has left (离职继承). */
export type TransferKind = 'on_job' | 'resigned';

/** The two ends of a transfer. */
type Pair = { handoverId: string; takeoverId: string };

/** Up to 100 contacts to hand over; `text` (≤200 characters) is told to them, on the job only. */
export type TransferStart = Pair & { externalUserIds: readonly string[]; text?: string };

/** Hears whose rows could not be read; null: the row does not even tell that. What is not told may exist. */
type Listening = { onStrays?: (externalUserIds: (string | null)[]) => void };

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

const Whose = z.object({ external_userid: idText }).transform((row) => row.external_userid);

function hearOf(rows: readonly unknown[], onStrays: Listening['onStrays']): void {
  const ids = straysAs(rows, Whose);
  if (ids.length > 0) onStrays?.(ids);
}

const starting = (path: string, text: z.ZodType<string | undefined, string | undefined>) =>
  defineCall({
    path,
    request: z.strictObject({ ...handover, external_userid: list(id, 100, 1), transfer_success_msg: text }),
    encode: ({ externalUserIds, text, ...pair }: TransferStart) => ({
      ...askPair(pair),
      external_userid: externalUserIds,
      transfer_success_msg: text,
    }),
    answer: z.object({ customer: eachRow(z.object({ external_userid: idText, errcode: code })) }),
    decode: ({ customer }) =>
      customer.map(({ external_userid: externalUserId, errcode }) => ({ externalUserId, errcode })),
    isRepeatable: false,
  });

const resulting = (path: string) =>
  definePages({
    path,
    request: z.strictObject(handover),
    encode: ({ handoverId, takeoverId }: Pair & Listening) => askPair({ handoverId, takeoverId }),
    answer: z.object({
      customer: eachRow(z.object({ external_userid: idText, status: code, takeover_time: instantOrNull })),
      ...paged,
    }),
    decode: ({ customer }, { onStrays }) => {
      hearOf(customer, onStrays);
      return customer.map((row): TransferResult => ({
        externalUserId: row.external_userid,
        outcome: OUTCOMES[row.status] ?? 'unknown',
        takeoverAt: row.takeover_time,
      }));
    },
  });

const regrouping = (path: string) =>
  defineCall({
    path,
    request: z.strictObject({ chat_id_list: list(id, 100, 1), new_owner: staff }),
    encode: ({ chatIds, newOwnerId }: { chatIds: readonly string[]; newOwnerId: string }) => ({
      chat_id_list: chatIds,
      new_owner: newOwnerId,
    }),
    answer: z.object({ failed_chat_list: eachOfRows(z.object({ chat_id: idText, errcode: code })) }),
    decode: ({ failed_chat_list: failed }) =>
      failed.map(({ chat_id: chatId, errcode }) => ({ chatId, errcode })),
    isRepeatable: false,
  });

const unassigned = definePages({
  path: `${ROOT}/get_unassigned_list`,
  request: z.strictObject({ page_size: z.int() }),
  encode: (_wish: Listening) => ({ page_size: 1000 }),
  answer: z
    .object({
      info: eachRow(z.object({ handover_userid: idText, external_userid: idText, dimission_time: instant })),
      is_last: flag,
      ...paged,
    })
    .transform((page) => (page.is_last ? { ...page, next_cursor: '' } : page)),
  decode: ({ info }, { onStrays }) => {
    hearOf(info, onStrays);
    return info.map((row) => ({
      handoverId: row.handover_userid,
      externalUserId: row.external_userid,
      leftAt: row.dimission_time,
    }));
  },
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
    results: ({ kind, ...pair }: Pair & Listening & { kind: TransferKind }) => results[kind](pair),
    /** Contacts of members who left within a year, and that nobody has taken over. */
    unassigned: (listening: Listening = {}) => unassigned(call)(listening),
    /** Gives up to 100 groups a new owner. @returns those that were refused. */
    groups: ({ kind, ...asked }: { kind: TransferKind; chatIds: readonly string[]; newOwnerId: string }) =>
      groups[kind](asked),
  };
}
