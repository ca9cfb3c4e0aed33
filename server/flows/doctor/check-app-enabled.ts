import type { DoctorParts } from '../../context.ts';
import { failed, fine, refused, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const DISABLED = 50003;
/** The agent id is no number of an app, or of another app than the secret's. */
const WRONG_AGENT = [40056, 301002];

/**
 * Whether the app is switched on, and WECOM_AGENT_ID is its id. Platforms that do not tell about the app are taken at their
 * other answers. Source: https://developer.work.weixin.qq.com/document/path/90227
 */
export async function checkAppEnabled({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  const calls = 'GET /cgi-bin/externalcontact/get_follow_user_list';
  const answer = await probe.api('/cgi-bin/externalcontact/get_follow_user_list');
  if (answer.is === 'refused' && answer.errcode === DISABLED) return refused(calls, answer);
  const tried = 'GET /cgi-bin/agent/get';
  const app = await probe.api('/cgi-bin/agent/get', { agentid: settings.agentId });
  if (app.is === 'refused' && [DISABLED, ...WRONG_AGENT].includes(app.errcode)) return refused(tried, app);
  if (app.is === 'good' && app.fields['close'] === 1)
    return failed(tried, '应用已停用（close = 1）', { code: String(DISABLED) });
  return fine(app.is === 'good' ? tried : calls, '应用已启用');
}
