import { createHash, createHmac } from 'node:crypto';

/** The keys that seal the audit log: the first seals, all check. Without any, entries are sealed as earlier versions did. */
export type AuditKeys = {
  /** The id of the key that seals; '' when there is none. */
  readonly current: string;
  /** The hash of a text under a key ('' for none); null when that key is not here. */
  readonly hashOf: (text: string, keyId: string) => string | null;
};

const ID_DIGITS = 12;

/** The id tells keys apart and gives nothing of them away. */
const idOf = (secret: string) =>
  createHash('sha256').update(`genjin audit key ${secret}`).digest('hex').slice(0, ID_DIGITS);

/** @param secrets the first seals new entries, the others check older ones */
export function createAuditKeys(secrets: readonly string[]): AuditKeys {
  const byId = new Map(secrets.map((secret) => [idOf(secret), secret]));
  return {
    current: [...byId.keys()][0] ?? '',
    hashOf(text, keyId) {
      if (keyId === '') return createHash('sha256').update(text).digest('hex');
      const secret = byId.get(keyId);
      return secret === undefined ? null : createHmac('sha256', secret).update(text).digest('hex');
    },
  };
}
