import { openPlatform } from '@genjin/wecom-sandbox';
import { aBigCorp } from './big-corp.ts';

/** A platform in a process of its own, so that it shares neither memory nor event loop with what is measured. */
const [relations = 1000, staff = 20, latencyMs = 0] = process.argv.slice(2).map(Number);
const platform = await openPlatform({
  corp: aBigCorp({ relations, staff }),
  rules: { tokenSeconds: 86_400, callsPerMinute: 1e9 },
});
if (latencyMs > 0) platform.faults.next('batch/get_by_user', { latencyMs }, Number.MAX_SAFE_INTEGER);
const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
const settings = {
  WECOM_CORP_ID: corpId,
  WECOM_AGENT_ID: agentId,
  WECOM_AGENT_SECRET: agentSecret,
  WECOM_CALLBACK_TOKEN: callbackToken,
  WECOM_CALLBACK_AES_KEY: callbackAesKey,
  WECOM_API_URL: platform.origin,
  WECOM_OAUTH_URL: platform.origin,
};
process.stdout.write(`${JSON.stringify(settings)}\n`);
process.once('SIGTERM', () => void platform.close().then(() => process.exit(0)));
