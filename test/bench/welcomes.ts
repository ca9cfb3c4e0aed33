import { setTimeout as delay } from 'node:timers/promises';
import { openPlatform } from '../../server/sandbox/platform/open-platform.ts';
import { aBigCorp } from './big-corp.ts';
import { startServer } from './start-server.ts';

const PER_SECOND = 100;
const SECONDS = 10;
const LIMIT_MS = 1000;
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
  const addedAt = new Map<string, number>();
  const arrivedAt = (): Map<string, number> =>
    new Map(
      platform.state.messages.flatMap((each) =>
        each.kind === 'chat' && each.text === WELCOME ? [[each.to, Date.parse(each.at)] as const] : [],
      ),
    );
  const staff = platform.state.corp.staff.map(({ userid }) => userid);
  for (let count = 0; count < PER_SECOND * SECONDS; count += 1) {
    const { externalUserId } = platform.actions.addCustomer({
      userid: staff[count % staff.length] ?? '',
      name: `客户${count}`,
    });
    addedAt.set(`customer:${externalUserId}`, Date.now());
    await delay(1000 / PER_SECOND - 1);
  }
  const end = Date.now() + PATIENCE_MS;
  while (arrivedAt().size < addedAt.size && Date.now() < end) await delay(200);
  const arrived = arrivedAt();
  await server.stop();
  await platform.close();
  const times = [...addedAt].map(([id, at]) => (arrived.get(id) ?? Infinity) - at).sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
  print(
    `welcome-p99 ${p99} ms at ${PER_SECOND} new customers per second, ${arrived.size} of ${addedAt.size} welcomed (baseline ${LIMIT_MS} ms, ratio ${(p99 / LIMIT_MS).toFixed(2)})`,
  );
}
