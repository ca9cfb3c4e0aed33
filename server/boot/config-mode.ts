import { z } from 'zod';
import { misspeltSettings } from '../domain/system/setting-name.ts';

/** Settings as text; blank ones and wrong ones left out. */
type Given = Readonly<Record<string, string | undefined>>;

const filled = (name: string, example: string) =>
  z.string({ error: `${name} is missing; e.g. ${example}` }).min(1, `${name} is empty; e.g. ${example}`);

/** Needed as soon as a real corp is named. */
const Real = z.object({
  WECOM_AGENT_ID: filled('WECOM_AGENT_ID', '1000002'),
  WECOM_AGENT_SECRET: filled('WECOM_AGENT_SECRET', 'the Secret on the page of the self-built app'),
  WECOM_CALLBACK_TOKEN: filled('WECOM_CALLBACK_TOKEN', 'the Token of 接收事件服务器'),
  WECOM_CALLBACK_AES_KEY: filled('WECOM_CALLBACK_AES_KEY', 'the EncodingAESKey of 接收事件服务器'),
});

/** The only ones of WeCom that say nothing of a real corp: where the platform is. */
const PLATFORM_URLS = ['WECOM_API_URL', 'WECOM_OAUTH_URL'];

/** True when no corp is named, so that the sandbox platform stands in. */
export const isSandbox = ({ WECOM_CORP_ID: corpId }: { WECOM_CORP_ID?: string | undefined }) => !corpId;

/** A line about each name that was probably meant to be a setting. */
export const nameProblems = (given: Given, known: readonly string[]): string[] =>
  misspeltSettings(Object.keys(given), known).map(
    ({ name, meant }) =>
      `${name} is not a setting; did you mean ${meant}? Rename it, e.g. ${meant}=…, or remove it`,
  );

/**
 * What this mode of running needs besides, and what contradicts it. In the sandbox anybody signs in as anybody: it never opens
 * where a real corp may be meant.
 *
 * @param right the settings that are right in themselves
 */
export function modeProblems(given: Given, right: Given): string[] {
  if (isSandbox(given)) return given['SANDBOX'] === 'on' ? [] : sandboxDoubts(right);
  const problems = Real.safeParse(given).error?.issues.map(({ message }) => message) ?? [];
  if (given['SANDBOX'] === 'on')
    problems.push(
      'SANDBOX is on although WECOM_CORP_ID names a real corp; remove one of the two, e.g. SANDBOX=off',
    );
  return given['NODE_ENV'] === 'production' ? [...problems, ...missingSecret(given)] : problems;
}

/** Why somebody may not want the sandbox, all in one line. */
function sandboxDoubts(right: Given): string[] {
  const named = Object.keys(right).filter((name) => /^WECOM_/i.test(name) && !PLATFORM_URLS.includes(name));
  const reasons = [
    ...(right['NODE_ENV'] === 'production' ? ['NODE_ENV is production'] : []),
    ...(right['SANDBOX'] === 'off' ? ['SANDBOX is off'] : []),
    ...(named.length > 0 ? [`${named.join(', ')} ${named.length > 1 ? 'are' : 'is'} set`] : []),
    ...['HOST', 'PUBLIC_URL'].filter((name) => !isLocal(right[name])).map((name) => `${name} is not local`),
  ];
  if (reasons.length === 0) return [];
  return [
    `WECOM_CORP_ID is missing; e.g. ww1234567890abcdef (or set SANDBOX=on to try the product without a corp, where anybody signs in as anybody; asked because ${reasons.join(', ')})`,
  ];
}

const LOOPBACK = /^(localhost|([^.]+\.)+localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** True for nothing, and for a host or an address that only this machine reaches. */
function isLocal(place: string | undefined): boolean {
  if (!place) return true;
  const host = place.includes('://') ? new URL(place).hostname : place;
  return LOOPBACK.test(host.trim());
}

const missingSecret = (given: Given): string[] =>
  given['SESSION_SECRETS'] || given['SESSION_SECRET']
    ? []
    : ['SESSION_SECRET is missing; e.g. the output of: openssl rand -hex 32'];
