import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What both ends of a callback URL share. `receiveId` is the corp id for a self-built app. */
export type CallbackKeys = { token: string; aesKey: string; receiveId: string };

/** 16 random bytes and 4 of length stand before the text. Source: wecom.md §1.1. */
const HEAD = 20;
/** Padding works in blocks of 32, not of AES's 16. Source: wecom.md §1.1. */
const BLOCK = 32;

/**
 * The platform's own sealing, written apart from any receiver's: a fault of one side cannot hide by being shared with the other.
 *
 * @returns base64 of AES-256-CBC over 16 random bytes, the length (big endian), the text, the receiver and PKCS#7 padding
 */
export function seal({ aesKey, receiveId }: CallbackKeys, text: string): string {
  const [body, receiver] = [Buffer.from(text), Buffer.from(receiveId)];
  const used = HEAD + body.length + receiver.length;
  const padding = BLOCK - (used % BLOCK);
  const plain = Buffer.alloc(used + padding, padding);
  randomBytes(16).copy(plain);
  plain.writeUInt32BE(body.length, 16);
  body.copy(plain, HEAD);
  receiver.copy(plain, HEAD + body.length);
  const cipher = createCipheriv('aes-256-cbc', ...keyAndIv(aesKey)).setAutoPadding(false);
  return cipher.update(plain).toString('base64') + cipher.final('base64');
}

/** Opens what `seal` made. @throws {Error} another key, receiver or text */
export function unseal({ aesKey, receiveId }: CallbackKeys, sealed: string): string {
  const decipher = createDecipheriv('aes-256-cbc', ...keyAndIv(aesKey)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = HEAD + plain.readUInt32BE(16);
  if (plain.toString('utf8', end) !== receiveId)
    throw new Error('sealed for another receiver, or by another key');
  return plain.toString('utf8', HEAD, end);
}

/** Lower-case hex SHA-1 over the four strings in byte order. Source: wecom.md §1.1. */
export function sign(...strings: [token: string, timestamp: string, nonce: string, sealed: string]): string {
  const sorted = [...strings].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

function keyAndIv(aesKey: string): [key: Buffer, iv: Buffer] {
  const key = Buffer.from(aesKey, 'base64');
  return [key, key.subarray(0, 16)];
}
