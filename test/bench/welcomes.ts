import { setTimeout as delay } from 'node:timers/promises';
import { openPlatform, type SandboxPlatform } from '@genjin/wecom-sandbox';
import { aBigCorp } from './big-corp.ts';
import { startServer } from './start-server.ts';

const PER_SECOND = 100;
const SECONDS = 10;
const LIMIT_MS = 1000;
/** Between the first thousand of a server that was just started and the second. */
const REST_MS = 30_000;
const PATIENCE_MS = 60_000;
const WELCOME = '您好';

/** From the moment a customer is added to the moment the welcome arrives, while a hundred customers are added per second. */
export async function benchWelcomes(print: (line: string) => void): Promise<void> {
  const platform = await openPlatform({ corp: aBigCorp({ relations: 1000, staff: 20 }) });
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  const server = await startServer(['dist/server/main.js'], {
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: agentId,
    WECOM_AGENT_SECRET: agentSecret,
    WECOM_CALLBACK_TOKEN: callbackToken,
    WECOM_CALLBACK_AES_KEY: callbackAesKey,
    WECOM_API_URL: platform.origin,
    WECOM_OAUTH_URL: platform.origin,
    WELCOME_TEXT: WELCOME,
    JOBS: 'off',
  });
  platform.setCallbackUrl(`${server.origin}/wecom/callback`);
  for (const name of ['welcome-p99-just-started', 'welcome-p99']) {
    const times = await welcomeMany(platform);
    const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
    print(
      `${name} ${p99} ms at ${PER_SECOND} new customers per second, ${times.filter(Number.isFinite).length} of ${times.length} welcomed (baseline ${LIMIT_MS} ms, ratio ${(p99 / LIMIT_MS).toFixed(2)})`,
    );
    await delay(REST_MS); // whatever else each addition brings is worked on
  }
  await server.stop();
  await platform.close();
}

/** Milliseconds from each addition to its welcome, ascending. */
async function welcomeMany({ actions, state }: SandboxPlatform): Promise<number[]> {
  const addedAt = new Map<string, number>();
  for (let count = 0; count < PER_SECOND * SECONDS; count += 1) {
    const { userid = '' } = state.corp.staff[count % state.corp.staff.length] ?? {};
    const { externalUserId } = actions.addCustomer({ userid, name: `客户${count}` });
    addedAt.set(`customer:${externalUserId}`, Date.now());
    await delay(1000 / PER_SECOND - 1);
  }
  const waitings = (): Map<string, number> =>
    new Map(
      state.messages.flatMap(({ to, at, ...rest }) =>
        addedAt.has(to) && rest.kind === 'chat' && rest.text === WELCOME
          ? [[to, Date.parse(at) - (addedAt.get(to) ?? 0)] as const]
          : [],
      ),
    );
  const end = Date.now() + PATIENCE_MS;
  while (waitings().size < addedAt.size && Date.now() < end) await delay(200);
  const waited = waitings();
  return [...addedAt.keys()].map((id) => waited.get(id) ?? Infinity).sort((one, other) => one - other);
}
