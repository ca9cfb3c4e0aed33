import type { DoctorParts } from '../../context.ts';
import { fine, refused, skipped, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const DAY_SECONDS = 86_400;
const BASE = '/cgi-bin/externalcontact';

/** Whether the families of APIs answer without which there are no tags, groups, books and surveys; reads only. */
export async function checkProductApis({
  probe,
  settings,
  now,
}: Pick<DoctorParts, 'probe' | 'settings' | 'now'>): Promise<Verdict> {
  if (settings.hasContactSecret) return skipped('客户联系用的是 WECOM_CONTACT_SECRET，见下面的检查');
  const end = Math.floor(now().getTime() / 1000);
  const asked = [
    ['客户标签', `${BASE}/get_corp_tag_list`, {}],
    ['客户群', `${BASE}/groupchat/list`, { limit: 1 }],
    [
      '企业群发',
      `${BASE}/get_groupmsg_list_v2`,
      { chat_type: 'single', start_time: end - DAY_SECONDS, end_time: end, limit: 1 },
    ],
  ] as const;
  for (const [name, path, body] of asked) {
    const answer = await probe.post(path, body);
    if (answer.is !== 'good') return refused(`POST ${path}（${name}）`, answer);
  }
  return batchVerdict(probe);
}

/** Asks for one page of one member, as the nightly synchronisation does. 84061: nobody of his is a customer yet. */
async function batchVerdict(probe: DoctorParts['probe']): Promise<Verdict> {
  const path = `${BASE}/batch/get_by_user`;
  const followers = await probe.api(`${BASE}/get_follow_user_list`);
  const ids: unknown = followers.is === 'good' ? followers.fields['follow_user'] : null;
  const done = '标签、客户群、群发和批量读取客户的接口都能调用';
  if (!Array.isArray(ids) || ids.length === 0) return fine('POST 标签、客户群、群发', done);
  const answer = await probe.post(path, { userid_list: [String(ids[0])], limit: 1 });
  const isNone = answer.is === 'refused' && answer.errcode === NO_CUSTOMERS;
  return answer.is === 'good' || isNone
    ? fine('POST 标签、客户群、群发、批量读取客户', done)
    : refused(`POST ${path}（批量读取客户）`, answer);
}

const NO_CUSTOMERS = 84061;
