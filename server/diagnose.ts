import type { DoctorParts } from './doctor-parts.ts';
import { CHECK_NAMES, failed, type CheckName, type Finding, type Verdict } from './domain/doctor-checks.ts';
import { obstacleOf } from './domain/doctor-needs.ts';
import { findingOf } from './domain/doctor-report.ts';
import {
  publicUrlVerdict,
  envFileVerdict,
  sessionSecretVerdict,
  settingsVerdict,
  timeZoneVerdict,
} from './domain/doctor-settings.ts';
import { checkAdmins } from './flows/doctor/check-admins.ts';
import { checkApi } from './flows/doctor/check-api.ts';
import { checkAppEnabled } from './flows/doctor/check-app-enabled.ts';
import { checkCallback } from './flows/doctor/check-callback.ts';
import { checkClock } from './flows/doctor/check-clock.ts';
import { checkContactPermission } from './flows/doctor/check-contact-permission.ts';
import { checkContactSecret } from './flows/doctor/check-contact-secret.ts';
import { checkCredentials } from './flows/doctor/check-credentials.ts';
import { checkDatabase } from './flows/doctor/check-database.ts';
import { checkDisk } from './flows/doctor/check-disk.ts';
import { checkEvents } from './flows/doctor/check-events.ts';
import { checkInbox } from './flows/doctor/check-inbox.ts';
import { checkJobs } from './flows/doctor/check-jobs.ts';
import { checkJsSignature } from './flows/doctor/check-js-signature.ts';
import { checkLastSync } from './flows/doctor/check-last-sync.ts';
import { checkMembers } from './flows/doctor/check-members.ts';
import { checkNotices } from './flows/doctor/check-notices.ts';
import { checkOauth } from './flows/doctor/check-oauth.ts';
import { checkOwnershipFile } from './flows/doctor/check-ownership-file.ts';
import { checkProxies } from './flows/doctor/check-proxies.ts';
import { checkProductApis } from './flows/doctor/check-product-apis.ts';
import { checkRedis } from './flows/doctor/check-redis.ts';
import { checkTicket } from './flows/doctor/check-ticket.ts';
import { checkTrustedIp } from './flows/doctor/check-trusted-ip.ts';
import { checkVisibleRange } from './flows/doctor/check-visible-range.ts';

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
export async function diagnose(parts: DoctorParts): Promise<Finding[]> {
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
