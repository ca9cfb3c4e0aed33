import { checkTitle, skipped, type CheckName, type Finding, type Verdict } from './doctor-checks.ts';

/** Nobody answers at PUBLIC_URL: then nothing behind it can be tried. */
const UNREACHED = ['dns', 'refused', 'timeout', 'tls', 'cut'];

/** What a check stands on: a check that failed or was skipped; with `codes` only if it failed with one of them. */
type Need = { check: CheckName; codes?: readonly string[] };

const APP_WORKS: readonly Need[] = [{ check: 'trusted_ip' }, { check: 'app_enabled' }];
const NEEDS: Readonly<Partial<Record<CheckName, readonly Need[]>>> = {
  clock: [{ check: 'api' }],
  credentials: [{ check: 'api' }],
  trusted_ip: [{ check: 'credentials' }],
  app_enabled: [{ check: 'trusted_ip' }],
  visible_range: APP_WORKS,
  contact_permission: APP_WORKS,
  product_apis: [...APP_WORKS, { check: 'contact_permission' }],
  members: [...APP_WORKS, { check: 'visible_range' }],
  contact_secret: [{ check: 'api' }, { check: 'credentials', codes: ['40013'] }],
  ownership_file: [{ check: 'callback', codes: UNREACHED }],
  corp_ticket: APP_WORKS,
  app_ticket: APP_WORKS,
  js_signature: [{ check: 'app_ticket' }, { check: 'callback', codes: UNREACHED }],
  oauth: [{ check: 'credentials', codes: ['40013'] }],
  jobs: [{ check: 'database' }],
  last_sync: [{ check: 'database' }],
  admins: [{ check: 'database' }],
  events: [{ check: 'database' }],
  inbox: [{ check: 'database' }],
  notices: [{ check: 'database' }],
};

/** Settings without which a check has nothing to try. */
const SETTINGS: Readonly<Partial<Record<CheckName, readonly string[]>>> = {
  api: ['WECOM_API_URL', 'WECOM_CORP_ID'],
  credentials: ['WECOM_AGENT_SECRET'],
  app_enabled: ['WECOM_AGENT_ID'],
  callback: ['WECOM_CORP_ID', 'PUBLIC_URL', 'WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_AES_KEY'],
  public_url: ['PUBLIC_URL'],
  ownership_file: ['PUBLIC_URL', 'WECOM_VERIFY_FILE'],
  js_signature: ['PUBLIC_URL'],
  oauth: ['WECOM_CORP_ID', 'PUBLIC_URL', 'WECOM_OAUTH_URL', 'WECOM_AGENT_ID'],
  database: ['MONGODB_URI'],
  redis: ['REDIS_URL'],
  time_zone: ['APP_TIMEZONE'],
  session_secret: ['SESSION_SECRET'],
};

/** Why a check cannot be tried after `earlier` ones, with settings that are `wrong`; null when it can. */
export function obstacleOf(
  name: CheckName,
  earlier: readonly Finding[],
  wrong: readonly string[],
): Verdict | null {
  const setting = SETTINGS[name]?.find((each) => wrong.includes(each));
  if (setting) return skipped(`设置 ${setting} 缺失或有误，先改好它`);
  const need = NEEDS[name]?.find(({ check, codes }) =>
    earlier.some((each) => isInTheWay(each, check, codes)),
  );
  return need ? skipped(`要等「${checkTitle(need.check)}」通过后才能检查`) : null;
}

function isInTheWay(finding: Finding, check: CheckName, codes: readonly string[] | undefined): boolean {
  if (finding.name !== check) return false;
  if (codes) return finding.code !== null && codes.includes(finding.code);
  return finding.status === 'fail' || finding.status === 'skip';
}
