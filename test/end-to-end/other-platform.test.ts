import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPlatform, type SandboxPlatform } from '@genjin/wecom-sandbox';
import { makeCorp } from '../../server/demo/make-corp.ts';
import { startGenjin, type Genjin } from './support/start-genjin.ts';

const STAFF = 'chenlu';

let platform: SandboxPlatform;
let genjin: Genjin;

beforeAll(async () => {
  const { corp } = makeCorp({ seed: 7, now: new Date() });
  platform = await openPlatform({ corp });
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  genjin = await startGenjin({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: agentId,
    WECOM_AGENT_SECRET: agentSecret,
    WECOM_CALLBACK_TOKEN: callbackToken,
    WECOM_CALLBACK_AES_KEY: callbackAesKey,
    WECOM_API_URL: platform.origin,
    WECOM_OAUTH_URL: platform.origin,
    WELCOME_TEXT: '您好',
  });
  platform.setCallbackUrl(`${genjin.origin}/wecom/callback`);
  platform.setTrustedOrigin(genjin.origin);
  await vi.waitFor(() => expect(genjin.output()).toContain('"job":"classify-accounts"'), {
    timeout: 30_000,
    interval: 100,
  });
});
afterAll(async () => {
  await genjin.close();
  await platform.close();
});

const tagNames = (externalUserId: string): string[] => {
  const relation = platform.state.corp.relations.find(
    (each) => each.externalUserId === externalUserId && each.userid === STAFF,
  );
  const tags = platform.state.corp.tagGroups.flatMap((group) => group.tags);
  return (relation?.tagIds ?? []).map((id) => tags.find((tag) => tag.id === id)?.name ?? id);
};

const welcomes = () =>
  platform.log.after(0).filter(({ path, errcode }) => path?.endsWith('send_welcome_msg') && errcode === 0)
    .length;

it('works with any WeCom-compatible server that the settings name', async () => {
  const { externalUserId } = platform.actions.addCustomer({
    userid: STAFF,
    name: '许志远',
    corpName: '远见机电有限公司',
  });
  await vi.waitFor(() => expect(tagNames(externalUserId)).toEqual(['猜想']), { timeout: 5000, interval: 50 });
  expect(welcomes()).toBe(1);
});

it('shows no sandbox and needs no sandbox paths when a corp is named', async () => {
  const answer = await fetch(`${genjin.origin}/sandbox/control/state`);
  expect(answer.status).toBe(404);
});

it(
  'loses nothing and doubles nothing when killed right after it answered a callback',
  { timeout: 120_000 },
  async () => {
    const added: string[] = [];
    for (const name of ['甲', '乙', '丙']) {
      const delivered = platform.log
        .after(0)
        .filter(({ kind, status }) => kind === 'callback' && status === 200).length;
      const { externalUserId } = platform.actions.addCustomer({ userid: STAFF, name });
      added.push(externalUserId);
      await vi.waitFor(
        () => {
          const now = platform.log
            .after(0)
            .filter(({ kind, status }) => kind === 'callback' && status === 200).length;
          expect(now).toBeGreaterThan(delivered);
        },
        { timeout: 10_000, interval: 1 },
      );
      await genjin.kill('SIGKILL');
      await genjin.restart();
      await vi.waitFor(() => expect(tagNames(externalUserId)).toEqual(['猜想']), {
        timeout: 15_000,
        interval: 50,
      });
    }
    expect(welcomes()).toBeLessThanOrEqual(1 + added.length);
    const { stdout } = await genjin.cli('events', '--json');
    const events = JSON.parse(stdout) as { subject: string; state: string }[];
    for (const id of added)
      expect(events.filter(({ subject }) => subject === id).map(({ state }) => state)).toEqual(['done']);
  },
);

it('refuses a second process on the same data, and says who holds it', async () => {
  const second = await genjin.second();
  expect(second.code).toBe(1);
  expect(second.output).toContain(`pid ${genjin.pid}`);
});
