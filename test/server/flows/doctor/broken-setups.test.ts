import { expect, it } from 'vitest';
import { aDoor } from '../../../support/a-door.ts';
import { examine, findingOf, firstFailure } from '../../../support/a-doctor.ts';
import { corpKeys } from '../../../support/a-callback.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';
import { aFreePort } from '../../../support/open-redis.ts';
import type { CheckName } from '../../../../server/domain/doctor/doctor-checks.ts';

/** One way in which installations are broken: what is changed, which check says so first, and which words its cure has. */
type Broken = {
  name: string;
  changes?: (world: LivingWorld) => Promise<Record<string, string>> | Record<string, string>;
  breaks?: (world: LivingWorld) => unknown;
  check: CheckName;
  code: string;
  cure: string;
};

const nobodyAt = async (scheme: string) => `${scheme}://127.0.0.1:${await aFreePort()}`;
const FOLLOWERS = 'externalcontact/get_follow_user_list';
const OTHER_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

const BROKEN: Broken[] = [
  {
    name: 'a wrong corp id',
    changes: () => ({ WECOM_CORP_ID: 'ww0000000000000bad' }),
    check: 'credentials',
    code: '40013',
    cure: '我的企业 → 企业信息 → 企业 ID',
  },
  {
    name: 'a wrong secret',
    changes: () => ({ WECOM_AGENT_SECRET: 'the-secret-of-last-year' }),
    check: 'credentials',
    code: '40001',
    cure: '应用管理 → 本应用 → Secret',
  },
  {
    name: 'an address that is not trusted',
    breaks: ({ platform }) => (platform.rules.trustedIps = ['203.0.113.*']),
    check: 'trusted_ip',
    code: '60020',
    cure: '企业可信 IP',
  },
  {
    name: 'an app that is switched off',
    breaks: ({ platform }) => (platform.rules.isAppDisabled = true),
    check: 'app_enabled',
    code: '50003',
    cure: '点右上角的开关启用',
  },
  {
    name: 'a visible range without anybody',
    breaks: ({ platform }) => platform.state.corp.staff.forEach((member) => (member.isVisible = false)),
    check: 'visible_range',
    code: 'no_followers',
    cure: '应用管理 → 本应用 → 可见范围',
  },
  {
    name: 'a range that WeCom refuses',
    breaks: ({ platform }) => platform.faults.next('department/list', { errcode: 60011 }),
    check: 'visible_range',
    code: '60011',
    cure: '可见范围',
  },
  {
    name: 'an app outside of 客户联系',
    breaks: ({ platform }) => (platform.rules.hasContactPermission = false),
    check: 'contact_permission',
    code: '48002',
    cure: '客户联系 → API → 可调用接口的应用',
  },
  {
    name: 'members without 客户联系',
    breaks: ({ platform }) => platform.faults.next(FOLLOWERS, { errcode: 84074 }),
    check: 'contact_permission',
    code: '84074',
    cure: '客户联系 → 权限配置 → 使用范围',
  },
  {
    name: 'a callback URL where nobody listens',
    changes: async () => ({ PUBLIC_URL: await nobodyAt('http') }),
    check: 'callback',
    code: 'refused',
    cure: 'npm start',
  },
  {
    name: 'another callback token',
    changes: () => ({ WECOM_CALLBACK_TOKEN: 'another' }),
    check: 'callback',
    code: 'wrong_token',
    cure: '接收消息 → 设置 API 接收 的 Token',
  },
  {
    name: 'another AES key',
    changes: () => ({ WECOM_CALLBACK_AES_KEY: OTHER_KEY }),
    check: 'callback',
    code: 'wrong_key',
    cure: '接收消息 → 设置 API 接收 的 EncodingAESKey',
  },
  {
    name: 'a server of another corp behind the callback URL',
    changes: async ({ context }) => {
      const keys = { ...corpKeys(), receiveId: 'ww0000000000other' };
      return { PUBLIC_URL: (await aDoor(context, { keys })).origin };
    },
    check: 'callback',
    code: 'wrong_corp',
    cure: '我的企业 → 企业信息 → 企业 ID',
  },
  {
    name: 'a domain that is not trusted',
    breaks: ({ platform }) => platform.setTrustedOrigin('https://crm.firma.example'),
    check: 'oauth',
    code: '50001',
    cure: '网页授权及 JS-SDK → 可信域名',
  },
  {
    name: 'an ownership file that is not there',
    changes: () => ({ WECOM_VERIFY_FILE: 'WW_verify_abcdefgh12345678.txt' }),
    check: 'ownership_file',
    code: 'missing',
    cure: '可信域名 → 申请校验域名',
  },
  {
    name: 'a clock ten minutes fast',
    breaks: ({ platform }) => (platform.rules.clockSkewSeconds = -600),
    check: 'clock',
    code: 'clock_off',
    cure: '校准服务器时间',
  },
  {
    name: 'a database that is not there',
    changes: async () => ({ MONGODB_URI: `${await nobodyAt('mongodb')}/genjin` }),
    check: 'database',
    code: 'unreachable',
    cure: 'MONGODB_URI',
  },
  {
    name: 'a Redis that is not there',
    changes: async () => ({ REDIS_URL: await nobodyAt('redis') }),
    check: 'redis',
    code: 'unreachable',
    cure: 'REDIS_URL',
  },
  {
    name: 'a quota of tickets that is used up',
    breaks: ({ platform }) => (platform.rules.ticketCallsPerHour = 0),
    check: 'corp_ticket',
    code: '45009',
    cure: '一小时后恢复',
  },
  {
    name: 'a quota that is used up for the ticket of the app alone',
    breaks: ({ platform }) => platform.faults.next('ticket/get', { errcode: 45009 }),
    check: 'app_ticket',
    code: '45009',
    cure: 'REDIS_URL',
  },
  {
    name: 'a secret that is none',
    changes: () => ({ WECOM_AGENT_SECRET: 'x' }),
    breaks: ({ platform }) => (platform.rules.wrongSecretErrcode = 40091),
    check: 'credentials',
    code: '40091',
    cure: '应用管理 → 本应用 → Secret',
  },
  {
    name: 'a gateway that answers instead of WeCom',
    breaks: ({ platform }) => platform.faults.next('gettoken', { status: 502 }),
    check: 'api',
    code: 'http_502',
    cure: '代理或网关',
  },
  {
    name: 'a proxy that answers with its own page',
    breaks: ({ platform }) => platform.faults.next('gettoken', { isGarbage: true }),
    check: 'api',
    code: 'not_json',
    cure: '代理或网关',
  },
  {
    name: 'no way to WeCom',
    changes: async () => ({ WECOM_API_URL: await nobodyAt('http') }),
    check: 'api',
    code: 'refused',
    cure: '防火墙',
  },
];

it('finds nothing to mend in an installation that works', { timeout: 60_000 }, async () => {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const findings = await examine(world);
  expect(firstFailure(findings)).toBeNull();
  expect(findings.filter(({ status }) => status === 'ok').length).toBeGreaterThan(14);
});

it.each(BROKEN)('$name: $check says $code first', { timeout: 60_000 }, async (broken) => {
  const world = await aWorld();
  await broken.breaks?.(world);
  const findings = await examine(world, await broken.changes?.(world));
  expect(firstFailure(findings)).toEqual({ name: broken.check, code: broken.code });
  expect(findingOf(findings, broken.check).cure).toContain(broken.cure);
});

it('shows the address that WeCom saw, in the cure too', async () => {
  const world = await aWorld();
  world.platform.rules.trustedIps = [];
  const { answer, cure } = findingOf(await examine(world), 'trusted_ip');
  expect(answer).toContain('企业微信看到的地址是 127.0.0.1');
  expect(cure).toContain('出口 IP 127.0.0.1，');
});
