import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineSettings } from '../../server/boot/config.ts';
import { runDoctor } from '../../server/flows/doctor/run-doctor.ts';
import type { CheckName, Finding } from '../../server/domain/doctor/doctor-checks.ts';
import { openDoctor } from '../../server/boot/open-doctor.ts';
import type { World } from './open-world.ts';

/** The settings under which the server of a world would run if its platform were the real one. */
export function settingsOf({ platform, origin }: Pick<World, 'platform' | 'origin'>): Record<string, string> {
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  return {
    PUBLIC_URL: origin,
    SESSION_SECRET: 'session-secret-0123456789-0123456789',
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: agentId,
    WECOM_AGENT_SECRET: agentSecret,
    WECOM_CALLBACK_TOKEN: callbackToken,
    WECOM_CALLBACK_AES_KEY: callbackAesKey,
    WECOM_API_URL: platform.origin,
    WECOM_OAUTH_URL: platform.origin,
  };
}

/** Examines a world as `npm run cli -- doctor` would under its settings, changed by `changes`; undefined leaves one out. */
export async function examine(
  world: Pick<World, 'platform' | 'origin' | 'context'>,
  changes: Record<string, string | undefined> = {},
): Promise<Finding[]> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-doctor-'));
  const examined = examineSettings({ DATA_DIR: dir, ...settingsOf(world), ...changes });
  const { parts, close } = await openDoctor(examined, world.context.now);
  try {
    return await runDoctor(parts);
  } finally {
    await close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What is wrong first, as whoever reads from the top finds it; null when nothing failed. */
export function firstFailure(findings: readonly Finding[]): Pick<Finding, 'name' | 'code'> | null {
  const failed = findings.find(({ status }) => status === 'fail');
  return failed ? { name: failed.name, code: failed.code } : null;
}

/** The finding of one check. @throws when there is none */
export function findingOf(findings: readonly Finding[], name: CheckName): Finding {
  const found = findings.find((finding) => finding.name === name);
  if (!found) throw new Error(`no finding about ${name}`);
  return found;
}
