import type { DoctorParts } from '../../context.ts';
import { silenceText, type ProbeResponse } from '../../domain/doctor/doctor-answers.ts';
import { failed, fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const BACK = '/auth/callback';

/** Whether WeCom sends visitors back to PUBLIC_URL. Outside WeCom the real page tells nothing, so the app is asked for its trusted domain. */
export async function checkOauth({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  const { host } = new URL(settings.publicUrl);
  const tried = `打开网页授权地址（redirect_uri = ${settings.publicUrl}${BACK}）`;
  const heard = await probe.authorize(BACK);
  if (heard.is === 'silence')
    return warned(tried, silenceText(heard.fault, heard.word), { code: heard.fault });
  if (isBack(heard, `${settings.publicUrl}${BACK}`)) return fine(tried, '企业微信跳回了本站');
  const said = refusalOnPage(heard.text);
  if (said) return failed(tried, said.answer, { code: said.code, subject: host });
  // The sandbox's page asks who is there, after it has checked everything else.
  if (settings.isSandbox && heard.status === 200) return fine(tried, '授权页可以打开');
  return domainVerdict(tried, host, await trustedDomain({ probe, settings }));
}

function isBack(heard: Extract<ProbeResponse, { is: 'answer' }>, back: string): boolean {
  const isRedirect = heard.status >= 300 && heard.status < 400;
  return isRedirect && (heard.location ?? '').startsWith(`${back}?`);
}

/** What a page of WeCom refuses, in its words; null for a page that refuses nothing we know. */
function refusalOnPage(text: string): { code: string; answer: string } | null {
  if (/50001|redirect_uri/i.test(text) && !/redirect_uri=/i.test(text))
    return { code: '50001', answer: 'redirect_uri 的域名不是应用的可信域名（50001）' };
  if (/40013|appid 参数错误/.test(text)) return { code: '40013', answer: '企业 ID 不对（40013）' };
  return null;
}

/** The app's trusted domain, '' for none; null where the platform does not tell. Source: document/path/90227 */
async function trustedDomain({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<string | null> {
  const app = await probe.api('/cgi-bin/agent/get', { agentid: settings.agentId });
  const domain = app.is === 'good' ? app.fields['redirect_domain'] : null;
  return typeof domain === 'string' ? domain : null;
}

function domainVerdict(tried: string, host: string, domain: string | null): Verdict {
  if (domain === null) return warned(tried, '授权页要在企业微信里才能打开', { code: 'only_phone' });
  if (domain === host) return fine(tried, `应用的可信域名是 ${domain}`);
  const answer = domain === '' ? '应用没有设置可信域名' : `应用的可信域名是 ${domain}，不是 ${host}`;
  return failed(tried, answer, { code: '50001', subject: host });
}
