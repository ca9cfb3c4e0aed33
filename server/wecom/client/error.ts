import type { ErrorTraits } from '../../errors.ts';
import { reactionOf, type Reaction } from './reaction.ts';

const SYSTEM_BUSY = -1;
/** Kinds that flows tell apart, finer than the reaction. Source: wecom.md §4.2. */
const NO_RELATION = [84061, 40096];
const BAD_TAG = [40068, 40070];
/** Whoever is asked about, these come back: credentials, permissions of the app, addresses, licences. */
const WHOLE_APP = [
  40013, 41002, 41004, 40091, 40054, 40056, 40126, 48002, 48003, 48004, 48005, 48006, 48009, 50001, 50002,
  50003, 60020, 60021, 301002, 701008,
];
const NOT_ALLOWED = [48002, 48009, 60011, 60020, 60021, 84074, 50002, 301002, 81011, 48004, 48006];

/** WeCom refused: it answered with a non-zero `errcode`. The message names the API and holds no ids. */
export class WecomError extends Error implements ErrorTraits {
  readonly errcode: number;
  readonly path: string;
  /** What to do about it; the getters below are finer. */
  readonly reaction: Reaction;
  /**
   * A refused request took no effect, so that even a message may be sent again; who is busy (-1) may have done the work, unless
   * that was to give a token.
   */
  readonly isUnsent: boolean;
  readonly until = null;

  constructor(errcode: number, errmsg: string, path: string) {
    super(`${path} answered ${errcode}: ${withoutHint(errmsg)}`);
    this.name = 'WecomError';
    this.errcode = errcode;
    this.path = path;
    this.reaction = reactionOf(errcode);
    this.isUnsent = errcode !== SYSTEM_BUSY;
  }

  /** The token was replaced or ran out; renewing it once helps. */
  get isStaleToken(): boolean {
    return this.reaction === 'R';
  }

  /** Trying again later may help. */
  get isTransient(): boolean {
    return this.reaction === 'B';
  }

  /** Refused until somebody changes a setting there. */
  get needsPerson(): boolean {
    return this.reaction === 'C';
  }

  /** It would be refused again; a tag that WeCom does not know is read again by the next try. */
  get isFinal(): boolean {
    return !this.isTransient && !this.isStaleToken && !this.needsPerson && !this.isBadTag;
  }

  /** Refused because of somebody or something in the request, so that a part of it may be taken. */
  get isOfPart(): boolean {
    return !this.isStaleToken && !this.isTransient && !WHOLE_APP.includes(this.errcode);
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

/** How the reason of an answer of another shape begins. */
export const UNEXPECTED_SHAPE = 'unexpected shape';

/** WeCom gave no usable answer: time-out, cut connection, HTTP error, not JSON, or another shape than documented. */
export class WecomUnreachable extends Error implements ErrorTraits {
  readonly path: string;
  readonly reason: string;
  /** True when the request certainly never took effect, so that even a message may be sent again. */
  readonly isUnsent: boolean;
  readonly isTransient = true;
  readonly isStaleToken = false;
  readonly needsPerson = false;
  readonly isFinal = false;
  readonly until = null;

  constructor(path: string, reason: string, isUnsent: boolean) {
    super(`${path} gave no usable answer: ${reason}`);
    this.name = 'WecomUnreachable';
    this.path = path;
    this.reason = reason;
    this.isUnsent = isUnsent;
  }

  /** WeCom answered, but in another shape than documented: the same again is no use. */
  get isMisshapen(): boolean {
    return this.reason.startsWith(UNEXPECTED_SHAPE);
  }
}

/** The API is shut for a while: WeCom said 45009, or our own budget is used up. Nothing was sent. */
export class WecomShut extends Error implements ErrorTraits {
  readonly path: string;
  /** Asking again makes no sense before. */
  readonly until: Date;
  readonly isUnsent = true;
  readonly isTransient = true;
  readonly isStaleToken = false;
  readonly needsPerson = false;
  readonly isFinal = false;

  constructor(path: string, until: Date) {
    super(`${path} is shut until ${until.toISOString()}`);
    this.name = 'WecomShut';
    this.path = path;
    this.until = until;
  }
}

/** Real messages carry a hint, the caller's address and a link; only the first part is for the log. */
function withoutHint(errmsg: string): string {
  return (errmsg.split(/[\s,.;]*\b(?:hint|from ip|more info)\b/i)[0] ?? '').slice(0, 120);
}
