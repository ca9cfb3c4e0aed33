import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Seals small facts into texts that only we can make; the purpose keeps a link from being used as a session. */
export type Signer = {
  seal: (purpose: string, payload: string) => string;
  /** The payload, or null when the text was not sealed by us for this purpose. */
  open: (purpose: string, sealed: string) => string | null;
};

const MAC_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Seals with HMAC-SHA-256, shortened to 128 bits, under a key of each purpose's own (HKDF-SHA-256, RFC 5869). The first secret
 * seals; every secret opens, so that a new one can be put in front without breaking links that are out.
 *
 * @throws {RangeError} without any secret.
 */
export function createSigner(secrets: readonly string[]): Signer {
  const [first] = secrets;
  if (first === undefined) throw new RangeError('a signer needs a secret');
  const keys = new Map<string, readonly SignKey[]>();
  /** The first key seals. Sealed texts of before keys were derived stand under the secret itself: it opens, and seals nothing. */
  const keysOf = (purpose: string): readonly SignKey[] => {
    const known = keys.get(purpose) ?? [...secrets.map((secret) => derivedKey(secret, purpose)), ...secrets];
    if (keys.size < MOST_PURPOSES) keys.set(purpose, known);
    return known;
  };
  return {
    seal: (purpose, payload) => {
      const body = Buffer.from(payload).toString('base64url');
      return `${body}.${macOf(keysOf(purpose)[0] ?? first, purpose, body).toString('base64url')}`;
    },
    open: (purpose, sealed) => {
      const [body, mac, ...rest] = sealed.split('.');
      if (body === undefined || !mac || rest.length > 0) return null;
      const given = Buffer.from(mac, 'base64url');
      if (given.length !== MAC_BYTES) return null;
      const isOurs = keysOf(purpose).some((key) => timingSafeEqual(given, macOf(key, purpose, body)));
      return isOurs ? Buffer.from(body, 'base64url').toString('utf8') : null;
    },
  };
}

type SignKey = string | Buffer;

/** Purposes are few and ours; more than this are not remembered. */
const MOST_PURPOSES = 100;

const derivedKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `genjin ${purpose}`, KEY_BYTES));

const macOf = (key: SignKey, purpose: string, body: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\n${body}`).digest().subarray(0, MAC_BYTES);
