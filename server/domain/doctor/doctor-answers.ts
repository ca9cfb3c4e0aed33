/* What comes back when the doctor asks somebody, before anybody judges it. */

/** Why nothing came back at all. */
export type Silence = 'dns' | 'refused' | 'timeout' | 'tls' | 'cut';

/** One HTTP exchange. `at` is our clock when the answer came; `ms` how long it took; `word` the system's own, e.g. ECONNREFUSED. */
export type ProbeResponse =
  | {
      is: 'answer';
      status: number;
      date: string | null;
      location: string | null;
      text: string;
      at: Date;
      ms: number;
    }
  | { is: 'silence'; fault: Silence; word: string };

/** What one API of WeCom said. `seenIp`: the address from which WeCom saw the call, when it told. */
export type ApiAnswer =
  | { is: 'good'; fields: Readonly<Record<string, unknown>> }
  | { is: 'refused'; errcode: number; errmsg: string; seenIp: string | null }
  | { is: 'unusable'; code: string; word: string };

/** Why the app may not see departments or members. Source: wecom.md §4.2. */
export const RANGE_CODES = [60011, 50002, 60021];

const SILENCES: Readonly<Record<Silence, string>> = {
  dns: '域名解析失败',
  refused: '连接被拒绝',
  timeout: '迟迟没有回应',
  tls: 'TLS 证书或握手失败',
  cut: '连接中断',
};

/** Says in Chinese that nothing came back, with the system's own word. */
export const silenceText = (fault: Silence, word: string) => `${SILENCES[fault]}（${word}）`;

/** The reason behind a network error's code. `cut` for whatever is not known. */
export function silenceOf(word: string): Silence {
  if (/^(ENOTFOUND|EAI_)/.test(word)) return 'dns';
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)/.test(word)) return 'refused';
  if (/TIMEDOUT|ECONNABORTED|TIMEOUT/.test(word)) return 'timeout';
  return /CERT|TLS|SSL|EPROTO|SIGNATURE|ALTNAME/.test(word) ? 'tls' : 'cut';
}

/** Reads an exchange as an answer of WeCom: HTML of a proxy or a gateway is none. */
export function apiAnswerOf(heard: ProbeResponse): ApiAnswer {
  if (heard.is === 'silence')
    return { is: 'unusable', code: heard.fault, word: silenceText(heard.fault, heard.word) };
  if (heard.status !== 200)
    return {
      is: 'unusable',
      code: `http_${heard.status}`,
      word: `HTTP ${heard.status}${htmlWord(heard.text)}`,
    };
  const fields = fieldsOf(heard.text);
  if (!fields)
    return { is: 'unusable', code: 'not_json', word: `HTTP 200，但不是 JSON${htmlWord(heard.text)}` };
  const errcode = Number(fields['errcode'] ?? 0);
  return errcode === 0 ? { is: 'good', fields } : refusal(errcode, String(fields['errmsg'] ?? ''));
}

const htmlWord = (text: string) => (/^\s*</.test(text) ? '（一张网页）' : '');

/** Real messages carry a hint and a link behind the words, and the address from which they saw us. Source: wecom.md §4.2. */
function refusal(errcode: number, errmsg: string): ApiAnswer {
  const words = (errmsg.split(/[\s,.;]*\b(?:hint|from ip|more info)\b/i)[0] ?? '').slice(0, 120);
  const seenIp = /from ip:\s*([0-9a-f.:]*[0-9a-f])/i.exec(errmsg)?.[1] ?? null;
  return { is: 'refused', errcode, errmsg: words, seenIp };
}

/** The object that a text holds as JSON, or null. */
export function fieldsOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
