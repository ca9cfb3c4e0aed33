import { expect, it, onTestFinished, vi } from 'vitest';
import { openPlatform } from '@genjin/wecom-sandbox';
import { aTeamCorp, type Following } from '../support/a-team-corp.ts';
import { startGenjin } from './support/start-genjin.ts';

const RELATIONS = 10_000;
/** What `docker stop` grants before it kills is 10 s; the rest is for a machine that is busy with other tests. */
const ENDED = { timeout: 20_000, interval: 100 };

/** An installation in the midst of its first synchronisation, which takes far longer than a stop may. */
async function aSyncing() {
  const staff = ['anna', 'bernd', 'chen', 'dora'];
  const followings = Array.from({ length: RELATIONS }, (_, n): Following => [
    staff[n % staff.length] ?? '',
    `wm${n}`,
    `公司${n}`,
  ]);
  const platform = await openPlatform({ corp: aTeamCorp(followings) });
  onTestFinished(() => platform.close());
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  const genjin = await startGenjin({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: agentId,
    WECOM_AGENT_SECRET: agentSecret,
    WECOM_CALLBACK_TOKEN: callbackToken,
    WECOM_CALLBACK_AES_KEY: callbackAesKey,
    WECOM_API_URL: platform.origin,
    WECOM_OAUTH_URL: platform.origin,
  });
  onTestFinished(() => genjin.close());
  await vi.waitFor(
    () => expect(platform.log.after(0).some(({ path }) => path?.endsWith('batch/get_by_user'))).toBe(true),
    { timeout: 20_000, interval: 20 },
  );
  return genjin;
}

it(
  'ends within ten seconds in the midst of a synchronisation, and goes on with it at the next start',
  { timeout: 90_000 },
  async () => {
    const genjin = await aSyncing();
    const state = { isEnded: false };
    void genjin.kill('SIGTERM').then(() => (state.isEnded = true));
    await vi.waitFor(() => expect(state.isEnded).toBe(true), ENDED);
    await genjin.restart();
    expect(await (await fetch(`${genjin.origin}/healthz`)).json()).toEqual({ status: 'ok' });
  },
);
