import type { DoctorParts } from '../../context.ts';
import { fieldsOf, silenceText, type ProbeResponse } from '../../domain/doctor/doctor-answers.ts';
import { failed, fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** The admin console waits so long for the answer, ms. Source: wecom.md §1.2. */
const CONSOLE_WAITS_MS = 1000;

/** What our own door says, and what that means for whoever sealed the letter. */
const REFUSALS: Readonly<Record<string, { code: string; answer: string }>> = {
  wrong_signature: { code: 'wrong_token', answer: '签名不对：Token 与正在运行的服务不同' },
  not_decryptable: { code: 'wrong_key', answer: '解不开：EncodingAESKey 与正在运行的服务不同' },
  wrong_receiver: { code: 'wrong_corp', answer: '收件企业不对：企业 ID 与正在运行的服务不同' },
};

/** Plays the admin console: sends a sealed number through PUBLIC_URL and wants it back opened. Source: wecom.md §1.2. */
export async function checkCallback({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  const url = `${settings.publicUrl}/wecom/callback`;
  const { heard, expected } = await probe.echo();
  const tried = `GET ${url}（加密的 echostr）`;
  if (heard.is === 'silence')
    return failed(tried, silenceText(heard.fault, heard.word), { code: heard.fault, subject: url });
  if (heard.status !== 200) return refusalVerdict(tried, heard, url);
  if (heard.text !== expected)
    return /^\s*</.test(heard.text)
      ? failed(tried, 'HTTP 200，但是一张网页', { code: 'another_server', subject: url })
      : failed(tried, 'HTTP 200，但内容不是解密后的数字', { code: 'wrong_body', subject: url });
  if (heard.ms > CONSOLE_WAITS_MS) return warned(tried, `正确，但用了 ${heard.ms} 毫秒`, { code: 'slow' });
  return fine(tried, `${url} 验证成功`);
}

function refusalVerdict(
  tried: string,
  heard: Extract<ProbeResponse, { is: 'answer' }>,
  url: string,
): Verdict {
  const known = REFUSALS[ourCode(heard.text)];
  if (known)
    return failed(tried, `HTTP ${heard.status}，${known.answer}`, { code: known.code, subject: url });
  const isRedirect = heard.status >= 300 && heard.status < 400;
  if (isRedirect) return failed(tried, `HTTP ${heard.status} 跳转`, { code: 'redirected', subject: url });
  return failed(tried, `HTTP ${heard.status}，不是 Genjin 的回答`, { code: 'another_server', subject: url });
}

/** The code inside our own error answers; '' in anybody else's. */
function ourCode(text: string): string {
  const error = fieldsOf(text)?.['error'];
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
