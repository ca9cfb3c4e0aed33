import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPlatform, type SandboxPlatform } from '@genjin/wecom-sandbox';
import { makeCorp } from '../../server/demo/make-corp.ts';
import { startGenjin, type Genjin } from './support/start-genjin.ts';

/** A stranger's installation: a platform, and Genjin beside it as processes of their own. */
let platform: SandboxPlatform;
let genjin: Genjin;

const SESSION_SECRET = 'a-session-secret-0123456789-0123456789';

beforeAll(async () => {
  platform = await openPlatform({ corp: makeCorp({ seed: 7, now: new Date() }).corp });
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  genjin = await startGenjin({
    SESSION_SECRET,
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: agentId,
    WECOM_AGENT_SECRET: agentSecret,
    WECOM_CALLBACK_TOKEN: callbackToken,
    WECOM_CALLBACK_AES_KEY: callbackAesKey,
    WECOM_API_URL: platform.origin,
    WECOM_OAUTH_URL: platform.origin,
  });
  platform.setTrustedOrigin(genjin.origin);
  await vi.waitFor(() => expect(genjin.output()).toContain('"job":"classify-accounts"'), {
    timeout: 30_000,
    interval: 100,
  });
}, 90_000);
afterAll(async () => {
  await genjin.close();
  await platform.close();
});

/** Nothing of these may ever be shown. */
const secrets = () => {
  const { agentSecret, callbackToken, callbackAesKey } = platform.credentials;
  return [agentSecret, callbackToken, callbackAesKey, SESSION_SECRET];
};

it('finds nothing wrong beside a running server, and ends with 0', async () => {
  const { code, stdout, stderr } = await genjin.cli('doctor');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('✓ 回调 URL');
  expect(stdout).toContain('✓ 数据库');
  expect(stdout).not.toMatch(/^✗/m);
  for (const secret of secrets()) expect(stdout).not.toContain(secret);
});

it('tells machines the same, and ends with 1 when something has to be mended', async () => {
  platform.rules.trustedIps = ['203.0.113.9'];
  const { code, stdout } = await genjin.cli('doctor', '--json');
  platform.rules.trustedIps = null;
  const { ok, checks } = JSON.parse(stdout) as {
    ok: boolean;
    checks: { name: string; code: string | null }[];
  };
  expect([code, ok]).toEqual([1, false]);
  expect(checks.find(({ name }) => name === 'trusted_ip')).toMatchObject({
    status: 'fail',
    code: '60020',
    cure: expect.stringContaining('企业可信 IP'),
  });
  for (const secret of secrets()) expect(stdout).not.toContain(secret);
});

it('takes no words: 2', async () => {
  expect((await genjin.cli('doctor', 'everything')).code).toBe(2);
});

it('runs when settings are wrong, tells each, and still tries what it can', async () => {
  const { code, stdout } = await genjin.cliWith(
    { JOBS: 'maybe', WECOM_CALLBACK_AES_KEY: 'too-short' },
    'doctor',
    '--json',
  );
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; answer: string }[] };
  const about = (name: string) => checks.find((each) => each.name === name);
  expect(code).toBe(1);
  expect(about('settings')).toMatchObject({
    status: 'fail',
    answer: expect.stringMatching(/JOBS.*\n.*AES_KEY|AES_KEY.*\n.*JOBS/),
  });
  expect(about('credentials')).toMatchObject({ status: 'ok' });
  expect(about('callback')).toMatchObject({
    status: 'skip',
    answer: expect.stringContaining('WECOM_CALLBACK_AES_KEY'),
  });
  expect(stdout).not.toContain('too-short');
});

it('runs without a database, and says so', async () => {
  const secret = 'p4ssw0rd-of-the-database';
  const MONGODB_URI = `mongodb://app:${secret}@127.0.0.1:9/genjin`;
  const { code, stdout } = await genjin.cliWith({ MONGODB_URI }, 'doctor');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ 数据库\n.*127\.0\.0\.1:9/);
  expect(stdout).toContain('– 定时任务：要等「数据库」通过后才能检查');
  expect(stdout).not.toContain(secret);
});
