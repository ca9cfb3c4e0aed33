import type { DoctorParts } from '../../context.ts';
import {
  CHECK_NAMES,
  failed,
  type CheckName,
  type Finding,
  type Verdict,
} from '../../domain/doctor/doctor-checks.ts';
import { obstacleOf } from '../../domain/doctor/doctor-needs.ts';
import { findingOf } from '../../domain/doctor/doctor-report.ts';
import {
  publicUrlVerdict,
  envFileVerdict,
  sessionSecretVerdict,
  settingsVerdict,
  timeZoneVerdict,
} from '../../domain/doctor/doctor-settings.ts';
import { checkAdmins } from './check-admins.ts';
import { checkApi } from './check-api.ts';
import { checkAppEnabled } from './check-app-enabled.ts';
import { checkCallback } from './check-callback.ts';
import { checkClock } from './check-clock.ts';
import { checkContactPermission } from './check-contact-permission.ts';
import { checkContactSecret } from './check-contact-secret.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkDatabase } from './check-database.ts';
import { checkDisk } from './check-disk.ts';
import { checkEvents } from './check-events.ts';
import { checkInbox } from './check-inbox.ts';
import { checkJobs } from './check-jobs.ts';
import { checkJsSignature } from './check-js-signature.ts';
import { checkLastSync } from './check-last-sync.ts';
import { checkMembers } from './check-members.ts';
import { checkNotices } from './check-notices.ts';
import { checkOauth } from './check-oauth.ts';
import { checkOwnershipFile } from './check-ownership-file.ts';
import { checkProxies } from './check-proxies.ts';
import { checkProductApis } from './check-product-apis.ts';
import { checkRedis } from './check-redis.ts';
import { checkTicket } from './check-ticket.ts';
import { checkTrustedIp } from './check-trusted-ip.ts';
import { checkVisibleRange } from './check-visible-range.ts';

type Check = (parts: DoctorParts) => Verdict | Promise<Verdict>;

const CHECKS: Readonly<Record<CheckName, Check>> = {
  env_file: ({ settings }) => envFileVerdict(settings.envEncoding),
  settings: ({ settings }) => settingsVerdict(settings.problems, settings.isSandbox),
  api: checkApi,
  clock: checkClock,
  credentials: checkCredentials,
  trusted_ip: checkTrustedIp,
  app_enabled: checkAppEnabled,
  visible_range: checkVisibleRange,
  contact_permission: checkContactPermission,
  product_apis: checkProductApis,
  members: checkMembers,
  contact_secret: checkContactSecret,
  callback: checkCallback,
  public_url: ({ settings }) => publicUrlVerdict(settings.publicUrl, settings.apiUrl, settings.isSandbox),
  proxies: checkProxies,
  ownership_file: checkOwnershipFile,
  corp_ticket: (parts) => checkTicket(parts, 'corp'),
  app_ticket: (parts) => checkTicket(parts, 'app'),
  js_signature: checkJsSignature,
  oauth: checkOauth,
  database: checkDatabase,
  disk: checkDisk,
  redis: checkRedis,
  time_zone: ({ settings, now }) => timeZoneVerdict(settings.timeZone, settings.hostTimeZone, now()),
  jobs: checkJobs,
  last_sync: checkLastSync,
  admins: checkAdmins,
  events: checkEvents,
  inbox: checkInbox,
  notices: checkNotices,
  session_secret: ({ settings }) => sessionSecretVerdict(settings.sessionSecret, settings.isSandbox),
};

/** Every check one after the other; what stands on a failed one is skipped. Never throws. */
export async function runDoctor(parts: DoctorParts): Promise<Finding[]> {
  const wrong = parts.settings.problems.map((line) => line.split(' ')[0] ?? '');
  const findings: Finding[] = [];
  for (const name of CHECK_NAMES) {
    const verdict = obstacleOf(name, findings, wrong) ?? (await tried(CHECKS[name], parts));
    findings.push(findingOf(name, verdict, parts.secrets));
  }
  return findings;
}

/** A check that breaks is a finding too. */
async function tried(check: Check, parts: DoctorParts): Promise<Verdict> {
  try {
    return await check(parts);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : '未知错误';
    return failed('运行这项检查', reason, { code: 'check_broke' });
  }
}
