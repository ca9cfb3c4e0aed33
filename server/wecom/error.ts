/** Reactions to error codes. Source: wecom.md §4.2. */
const STALE_TOKEN = [40001, 40014, 42001];
const BUSY = [-1, 6000, 45009, 45033, 41063, 41096];
const NO_RELATION = [84061, 40096];
const BAD_TAG = [40068, 40070];
const NOT_ALLOWED = [48002, 48009, 60011, 60020, 60021, 84074, 50002, 301002, 81011, 48004, 48006];

/** WeCom refused: it answered with a non-zero `errcode`. The message names the API and holds no ids. */
export class WecomError extends Error {
  readonly errcode: number;
  readonly path: string;

  constructor(errcode: number, errmsg: string, path: string) {
    super(`${path} answered ${errcode}: ${withoutHint(errmsg)}`);
    this.name = 'WecomError';
    this.errcode = errcode;
    this.path = path;
  }

  /** A refused request took no effect, so that even a message may be sent again. */
  readonly isUnsent = true;

  /** The token was replaced or ran out; renewing it once helps. */
  get isStaleToken(): boolean {
    return STALE_TOKEN.includes(this.errcode);
  }

  /** Trying again later may help. */
  get isTransient(): boolean {
    return BUSY.includes(this.errcode);
  }

  /** The contact is not (or no longer) a customer of that member: business, not a fault. */
  get isNoRelation(): boolean {
    return NO_RELATION.includes(this.errcode);
  }

  /** A tag id that WeCom does not know; reading the tags again heals it. */
  get isBadTag(): boolean {
    return BAD_TAG.includes(this.errcode);
  }

  /** The app may not do this; somebody has to change a setting in WeCom. */
  get isNotAllowed(): boolean {
    return NOT_ALLOWED.includes(this.errcode);
  }
}

/** WeCom gave no usable answer: time-out, cut connection, HTTP error, not JSON, or another shape than documented. */
export class WecomUnreachable extends Error {
  readonly path: string;
  readonly reason: string;
  /** True when the request certainly never took effect, so that even a message may be sent again. */
  readonly isUnsent: boolean;

  constructor(path: string, reason: string, isUnsent: boolean) {
    super(`${path} gave no usable answer: ${reason}`);
    this.name = 'WecomUnreachable';
    this.path = path;
    this.reason = reason;
    this.isUnsent = isUnsent;
  }
}

/** Real messages carry a hint, the caller's address and a link; only the first part is for the log. */
function withoutHint(errmsg: string): string {
  return (errmsg.split(/[\s,.;]*\b(?:hint|from ip|more info)\b/i)[0] ?? '').slice(0, 120);
}
