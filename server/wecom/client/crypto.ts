import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What both ends of a callback URL share. `receiveId` is the corp id for a self-built app. */
export type CallbackKeys = { token: string; aesKey: string; receiveId: string };

/** Why a letter was not opened; numbered as in WeCom's sample libraries. Source: wecom.md §1.6. */
export type CryptoFault = -40001 | -40004 | -40005 | -40007 | -40008 | -40010;

/** A letter that is not authentic, or not for us. */
export class CryptoError extends Error {
  readonly fault: CryptoFault;

  constructor(fault: CryptoFault, message: string) {
    super(message);
    this.name = 'CryptoError';
    this.fault = fault;
  }
}

/** Padding works in blocks of 32, not of AES's 16. Source: wecom.md §1.1. */
const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** Lower-case hex SHA-1 over the four strings in byte order. Source: wecom.md §1.1. */
export function signatureOf(
  ...letter: [token: string, timestamp: string, nonce: string, encrypted: string]
): string {
  const parts = letter.map((part) => Buffer.from(part));
  return createHash('sha1')
    .update(Buffer.concat(parts.sort(Buffer.compare)))
    .digest('hex');
}

/** Compares in a time that tells nothing but the lengths, which are no secret. */
export function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Opens a sealed text and checks for whom it was sealed.
 *
 * @throws {CryptoError} -40004 bad key, -40010 not base64, -40007 not decryptable, -40008 wrong padding or length, -40005 another receiver.
 */
export function openSealed(keys: CallbackKeys, encrypted: string): string {
  const plain = unpad(decrypt(aesKeyOf(keys), decodeBase64(encrypted)));
  if (plain.length < RANDOM_BYTES + LENGTH_BYTES)
    throw new CryptoError(-40008, 'the decrypted text is too short');
  const length = plain.readUInt32BE(RANDOM_BYTES);
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (length > plain.length - start)
    throw new CryptoError(-40008, 'the message is longer than the decrypted text');
  const receiveId = plain.subarray(start + length).toString('utf8');
  if (!isSameText(receiveId, keys.receiveId)) throw new CryptoError(-40005, 'sealed for another receiver');
  return plain.subarray(start, start + length).toString('utf8');
}

/** Seals `text` for the receiver; `random` (16 bytes) is given by tests only. */
export function sealMessage(
  keys: CallbackKeys,
  text: string,
  { random = randomBytes(RANDOM_BYTES) }: { random?: Buffer } = {},
): string {
  const message = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([random, length, message, Buffer.from(keys.receiveId, 'utf8')]);
  const pad = BLOCK - (plain.length % BLOCK);
  const key = aesKeyOf(keys);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64');
}

/** The 32 key bytes of an EncodingAESKey (43 letters and digits). @throws {CryptoError} -40004 */
function aesKeyOf({ aesKey }: CallbackKeys): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  if (!/^[A-Za-z0-9]{43}$/.test(aesKey))
    throw new CryptoError(-40004, 'EncodingAESKey must have 43 letters and digits');
  return key;
}

function decodeBase64(encrypted: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted)) throw new CryptoError(-40010, 'not base64');
  return Buffer.from(encrypted, 'base64');
}

function decrypt(key: Buffer, sealed: Buffer): Buffer {
  if (sealed.length === 0 || sealed.length % 16 !== 0)
    throw new CryptoError(-40007, 'not a whole number of AES blocks');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

function unpad(plain: Buffer): Buffer {
  const pad = plain.at(-1) ?? 0;
  const isPadding =
    pad >= 1 && pad <= BLOCK && pad <= plain.length && plain.subarray(-pad).every((byte) => byte === pad);
  if (!isPadding) throw new CryptoError(-40008, 'wrong padding');
  return plain.subarray(0, plain.length - pad);
}
