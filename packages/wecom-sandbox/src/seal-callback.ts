import { randomInt } from 'node:crypto';
import { seal, sign } from './crypto.ts';
import type { CallbackKeys } from './crypto.ts';
import { unixNow } from './platform.ts';
import type { Platform } from './platform.ts';

/** What both ends of the callback URL share. */
export function callbackKeys({ settings, state }: Platform): CallbackKeys {
  const { token, aesKey } = settings.callback;
  return { token, aesKey, receiveId: state.corp.corpId };
}

/** Seals a text and signs it, with a timestamp, a nonce and a ciphertext of its own each time. Source: wecom.md §1.1. */
export function sealedQuery(platform: Platform, text: string): { encrypted: string; query: URLSearchParams } {
  const keys = callbackKeys(platform);
  const encrypted = seal(keys, text);
  const timestamp = String(unixNow(platform));
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  const signature = sign(keys.token, timestamp, nonce, encrypted);
  return { encrypted, query: new URLSearchParams({ msg_signature: signature, timestamp, nonce }) };
}
