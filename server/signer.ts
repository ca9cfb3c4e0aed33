import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seals small facts into texts that only we can make; the purpose keeps a link from being used as a session. */
export type Signer = {
  seal: (purpose: string, payload: string) => string;
  /** The payload, or null when the text was not sealed by us for this purpose. */
  open: (purpose: string, sealed: string) => string | null;
};

const MAC_BYTES = 16;

/** Seals with HMAC-SHA-256, shortened to 128 bits. */
export function createSigner(secret: string): Signer {
  const macOf = (purpose: string, body: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${body}`).digest().subarray(0, MAC_BYTES);
  return {
    seal: (purpose, payload) => {
      const body = Buffer.from(payload).toString('base64url');
      return `${body}.${macOf(purpose, body).toString('base64url')}`;
    },
    open: (purpose, sealed) => {
      const [body, mac, ...rest] = sealed.split('.');
      if (body === undefined || !mac || rest.length > 0) return null;
      const given = Buffer.from(mac, 'base64url');
      const isOurs = given.length === MAC_BYTES && timingSafeEqual(given, macOf(purpose, body));
      return isOurs ? Buffer.from(body, 'base64url').toString('utf8') : null;
    },
  };
}
