import type { DoctorParts } from '../../context.ts';
import { silenceText, type ProbeResponse } from '../../domain/doctor/doctor-answers.ts';
import { failed, fine, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const PAGE = '/sidebar/';

/** Whether the sidebar's signature has what it needs: the app's ticket, and a page that stays at the address that is signed. */
export async function checkJsSignature({
  probe,
  settings,
  now,
}: Pick<DoctorParts, 'probe' | 'settings' | 'now'>): Promise<Verdict> {
  const url = `${settings.publicUrl}${PAGE}`;
  const tried = `为 ${url} 计算签名`;
  const fault = pageFault(await probe.page(PAGE));
  if (fault) return failed(tried, fault.answer, { code: fault.code, subject: url });
  const found = await probe.api('/cgi-bin/ticket/get', { type: 'agent_config' });
  const ticket = found.is === 'good' ? String(found.fields['ticket'] ?? '') : '';
  if (!ticket) return failed(tried, '应用 ticket 是空的', { code: 'no_ticket' });
  const signature = probe.sign(ticket, PAGE, Math.floor(now().getTime() / 1000));
  return fine(tried, `签名 ${signature.slice(0, 8)}…，网址 ${url}`);
}

/** Why the page that is signed is not the page that opens; null when it is. */
function pageFault(heard: ProbeResponse): { answer: string; code: string } | null {
  if (heard.is === 'silence') return { answer: silenceText(heard.fault, heard.word), code: heard.fault };
  if (heard.status === 200) return null;
  const isRedirect = heard.status >= 300 && heard.status < 400;
  if (isRedirect) return { answer: `侧边栏被跳转到 ${heard.location ?? '别处'}`, code: 'redirected' };
  return { answer: `侧边栏页面 HTTP ${heard.status}`, code: 'no_page' };
}
