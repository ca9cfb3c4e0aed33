import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { Transfer } from '../slices/transfers.ts';
import { DAY_SECONDS } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { followingStaff } from './find-people.ts';
import { anyStaff } from './serving-staff.ts';

const startFields = z.object({
  handover_userid: z.string(),
  takeover_userid: z.string(),
  external_userid: z.array(z.string()).min(1).max(100),
  transfer_success_msg: z.string().max(200).default(''),
});
type StartFields = z.infer<typeof startFields>;

/** A customer may change hands so often within so many days. Source: wecom.md §3.8. */
const MOST = 2;
const WITHIN_SECONDS = 90 * DAY_SECONDS;

type Plan = {
  platform: Platform;
  kind: Transfer['kind'];
  handover: SandboxStaff;
  takeover: SandboxStaff;
  now: number;
};

/** @throws {ApiError} 40003, 60011, 84074 for either member, 41054 for a taker who is not activated. */
function planOf(platform: Platform, kind: Transfer['kind'], fields: StartFields): Plan {
  const takeover = followingStaff(platform, fields.takeover_userid);
  const handover = anyStaff(platform, fields.handover_userid);
  if (!handover.hasCustomers) throw new ApiError(84074);
  if (kind === 'on_job' && handover.status === 5) throw new ApiError(40003);
  if (takeover.status === 4) throw new ApiError(41054);
  return { platform, kind, handover, takeover, now: unixNow(platform) };
}

/** Why no customer at all can change hands between the two; 0 when nothing is in the way. */
function peopleProblem({ kind, handover, takeover }: Plan): number {
  if (kind === 'resigned' && handover.status !== 5) return 40097;
  if (handover.userid === takeover.userid) return 40130;
  return [handover, takeover].some((member) => member.isVerified === false) ? 40098 : 0;
}

/** Why this customer cannot; 0 when he can. */
function customerProblem(plan: Plan, externalUserId: string): number {
  const { state, rules } = plan.platform;
  const { corp } = state;
  const past = state.transfers.filter((row) => row.externalUserId === externalUserId);
  const isHanded = corp.relations.some(
    (row) =>
      row.userid === plan.handover.userid && row.externalUserId === externalUserId && !row.deletedByCustomer,
  );
  if (!corp.customers.some((person) => person.externalUserId === externalUserId)) return 40096;
  if (!isHanded) return 40131;
  if (past.some(({ status }) => status === 2)) return plan.kind === 'on_job' ? 40129 : 40100;
  const recent = past.filter(
    (row) => row.kind === 'on_job' && row.status === 1 && row.startedAt > plan.now - WITHIN_SECONDS,
  );
  if (plan.kind === 'on_job' && recent.length >= MOST) return 40128;
  const held = corp.relations.filter((row) => row.userid === plan.takeover.userid).length;
  return held >= rules.customersPerMember ? 40099 : 0;
}

/** Starts what can be started; the others are told by their own errcode in the answer. */
function start(platform: Platform, kind: Transfer['kind'], fields: StartFields) {
  const plan = planOf(platform, kind, fields);
  const rows = fields.external_userid.map((externalUserId) => {
    const errcode = peopleProblem(plan) || customerProblem(plan, externalUserId);
    if (errcode === 0)
      platform.state.transfers.push({
        kind,
        handoverId: plan.handover.userid,
        takeoverId: plan.takeover.userid,
        externalUserId,
        startedAt: plan.now,
        status: 2,
        takeoverAt: plan.now + platform.rules.transferSeconds,
        message: fields.transfer_success_msg,
      });
    return { external_userid: externalUserId, errcode };
  });
  return { customer: rows };
}

const missing = { handover_userid: 40003, takeover_userid: 40003, external_userid: 41035 };

/** Takes effect after 24 hours, unless the customer refuses. Source: wecom.md §3.8. */
export const transferCustomerApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/transfer_customer',
    title: '分配在职成员的客户',
    writes: true,
    empty: { customer: [] },
    fields: startFields,
    missing,
    run: (platform, fields) => start(platform, 'on_job', fields),
  }),
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/resigned/transfer_customer',
    title: '分配离职成员的客户',
    writes: true,
    empty: { customer: [] },
    fields: startFields.omit({ transfer_success_msg: true }),
    missing,
    run: (platform, fields) => start(platform, 'resigned', { ...fields, transfer_success_msg: '' }),
  }),
];
