import { z } from 'zod';
import { AppError } from '../errors.ts';
import {
  CryptoError,
  isSameText,
  openSealed,
  signatureOf,
  type CallbackKeys,
} from '../wecom/client/crypto.ts';
import { parseSealed } from './parse.ts';
import { ParseError } from './read-xml.ts';

const text = z.string().min(1).max(256);
const Signed = z.looseObject({ msg_signature: text, timestamp: text, nonce: text });
const Echo = Signed.extend({ echostr: z.string().min(1).max(2048) });

/** The plain text of a verification. @throws {AppError} 400 or 403 */
export function openEcho(keys: CallbackKeys, query: unknown): string {
  const echo = Echo.safeParse(query).data;
  authenticate(keys, echo, echo?.echostr ?? '');
  return opened(keys, echo?.echostr ?? '');
}

/**
 * The plain XML of a delivery. An old timestamp is no reason to turn it away: whoever repeats a letter brings nothing new,
 * and the inbox knows it.
 *
 * @throws {AppError} 400 `invalid_xml`, `invalid_query`, `not_decryptable`; 403 `wrong_signature`, `wrong_receiver`.
 */
export function decryptCallback(keys: CallbackKeys, query: unknown, body: string): string {
  const sealed = sealedIn(body);
  authenticate(keys, Signed.safeParse(query).data, sealed);
  return opened(keys, sealed);
}

function sealedIn(body: string): string {
  try {
    return parseSealed(body);
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new AppError(400, 'invalid_xml', { message: cause.message, cause });
  }
}

/** @throws {AppError} unless the signature of the query is that of `sealed` */
function authenticate(
  { token }: CallbackKeys,
  query: z.infer<typeof Signed> | undefined,
  sealed: string,
): void {
  if (!query)
    throw new AppError(400, 'invalid_query', { message: 'msg_signature, timestamp and nonce are required' });
  const expected = signatureOf(token, query.timestamp, query.nonce, sealed);
  if (!isSameText(expected, query.msg_signature))
    throw new AppError(403, 'wrong_signature', { message: 'msg_signature does not fit' });
}

function opened(keys: CallbackKeys, sealed: string): string {
  try {
    return openSealed(keys, sealed);
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    const isForeign = cause.fault === -40005;
    throw new AppError(isForeign ? 403 : 400, isForeign ? 'wrong_receiver' : 'not_decryptable', {
      message: cause.message,
      cause,
    });
  }
}
