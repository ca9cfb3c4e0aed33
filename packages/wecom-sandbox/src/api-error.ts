import { OUTREACH_TEXTS } from './error-texts.ts';

/** English texts as the real platform words them; clients must not compare them. Source: wecom.md §4.2. */
const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40056: 'invalid agentid',
  40058: 'Parameter error',
  40066: 'invalid url',
  40068: 'invalid tagid',
  40071: 'UserTag Name Already Exist',
  40072: 'invalid UserTag name length',
  40091: 'secret is invalid',
  40096: 'invalid external userid',
  40126: 'corp tag count exceed limit',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41035: 'external_userid missing',
  41046: 'missing msgid',
  41047: 'invalid msgid',
  41048: 'no customer to send',
  41049: 'missing welcome code',
  41050: 'invalid welcome code',
  41051: 'externaluser has started chatting',
  42001: 'access_token expired',
  42022: 'code has been used',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  47001: 'data format error',
  48002: 'api forbidden',
  50001: 'redirect_url unauthorized',
  50003: 'app is disabled',
  50100: 'invalid cursor',
  60003: 'department not found',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60021: 'userid not in app visible range',
  60111: 'userid not found',
  60123: 'invalid party id',
  81011: 'no permission to operate tag',
  81013: 'user & party & tag all invalid',
  82001: 'user & party & tag all empty',
  84061: 'not external contact',
  84074: 'no external contact permission',
  301002: 'no permission to operate the agent',
  701008: 'no interface licence',
};

/** The platform refuses a call. `rows` is what the answer carries all the same, e.g. a fail_list. */
export class ApiError extends Error {
  readonly errcode: number;
  readonly rows: Record<string, unknown>;

  constructor(errcode: number, field = '', rows: Record<string, unknown> = {}) {
    const text = TEXTS[errcode] ?? OUTREACH_TEXTS[errcode] ?? 'error';
    super(field === '' ? text : `${text}, field: ${field}`);
    this.name = 'ApiError';
    this.errcode = errcode;
    this.rows = rows;
  }
}

/** The body of a refusal: hint, caller and help page as in real answers; `empty` is the success shape without rows. */
export function refusalOf(
  error: ApiError,
  empty: Record<string, unknown>,
  call: { hint: string; ip: string },
): Record<string, unknown> {
  const help = `more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`;
  const errmsg = `${error.message}, hint: [${call.hint}], from ip: ${call.ip}, ${help}`;
  return { errcode: error.errcode, errmsg, ...empty, ...error.rows };
}
