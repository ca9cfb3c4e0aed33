import { describe, expect, it } from 'vitest';
import {
  envFileVerdict,
  hostsOf,
  passwordOf,
  publicUrlVerdict,
  redisVerdict,
  secretStateOf,
  sessionSecretVerdict,
  settingsVerdict,
  timeZoneVerdict,
} from '../../../../server/domain/doctor/doctor-settings.ts';

const WECOM = 'https://qyapi.weixin.qq.com';
const now = new Date('2026-03-11T02:00:00Z');

describe('PUBLIC_URL', () => {
  it.each([
    ['https://crm.firma.cn', 'ok', null],
    ['https://crm.firma.cn:8443', 'ok', null],
    ['http://crm.firma.cn', 'warn', 'not_https'],
    ['http://localhost:3000', 'fail', 'not_public'],
    ['https://127.0.0.1', 'fail', 'not_public'],
    ['http://10.0.0.8', 'fail', 'not_public'],
    ['http://192.168.1.20:3000', 'fail', 'not_public'],
    ['http://172.15.0.1', 'fail', 'ip_address'],
    ['http://172.16.0.1', 'fail', 'not_public'],
    ['http://172.31.0.1', 'fail', 'not_public'],
    ['http://172.32.0.1', 'fail', 'ip_address'],
    ['http://crm.local', 'fail', 'not_public'],
    ['https://203.0.113.7', 'fail', 'ip_address'],
    ['https://crm.firma.cn:443', 'fail', 'not_plain'],
    ['https://CRM.firma.cn', 'fail', 'not_plain'],
    ['https://crm.firma.cn/genjin', 'fail', 'not_plain'],
  ])('%s with the real WeCom: %s %s', (publicUrl, status, code) => {
    expect(publicUrlVerdict(publicUrl, WECOM, false)).toMatchObject({ status, code });
  });

  it('tells how it should be written', () => {
    expect(publicUrlVerdict('https://crm.firma.cn:443', WECOM, false).subject).toBe('https://crm.firma.cn');
  });

  it('may be local when the platform is, too', () => {
    for (const platform of ['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])
      expect(publicUrlVerdict('http://localhost:3000', platform, false).status).toBe('ok');
    expect(publicUrlVerdict('http://localhost:3000', WECOM, true).status).toBe('ok');
  });
});

it.each([
  [null, 'skip', null],
  ['utf-8', 'ok', null],
  ['gb18030', 'warn', 'not_utf8'],
  ['utf-16le', 'warn', 'not_utf8'],
] as const)('a .env in %s: %s %s', (encoding, status, code) => {
  expect(envFileVerdict(encoding)).toMatchObject({ status, code });
});

it.each([
  ['Asia/Shanghai', 'Asia/Shanghai', 'ok', null],
  ['Asia/Shanghai', 'Asia/Hong_Kong', 'ok', null],
  ['Asia/Shanghai', 'UTC', 'ok', null],
  ['Asia/Shanghai', 'Etc/UTC', 'ok', null],
  ['Asia/Shanghai', 'Asia/Tokyo', 'warn', 'differs'],
  ['UTC', 'Asia/Shanghai', 'warn', 'not_china'],
  ['UTC', 'UTC', 'warn', 'not_china'],
  ['Asia/Singapore', 'Asia/Singapore', 'ok', null],
] as const)('jobs in %s on a host in %s: %s %s', (ours, hosts, ...[status, code]) => {
  expect(timeZoneVerdict(ours, hosts, now)).toMatchObject({ status, code });
});

it.each([
  ['0123456701234567012345670123456701', 'set'],
  ['0123456012345601234560123456012345', 'weak'],
  ['a'.repeat(64), 'weak'],
  [null, 'kept'],
] as const)('the session secret %s is %s', (secret, state) => {
  expect(secretStateOf(secret)).toBe(state);
});

it.each([
  ['set', false, 'ok', null],
  ['weak', false, 'warn', 'weak'],
  ['weak', true, 'warn', 'weak'],
  ['kept', false, 'warn', 'kept_in_data_dir'],
  ['kept', true, 'ok', null],
] as const)('a session secret that is %s (sandbox: %s): %s %s', (...[state, isSandbox, status, code]) => {
  expect(sessionSecretVerdict(state, isSandbox)).toMatchObject({ status, code });
});

it.each([
  [null, true, null, 'skip', null],
  [null, false, null, 'warn', 'none'],
  ['redis:6379', true, null, 'ok', null],
  ['redis:6379', false, 'ECONNREFUSED', 'fail', 'unreachable'],
] as const)('Redis at %s, jobs here: %s, fault: %s: %s %s', (...[at, hasJobs, fault, status, code]) => {
  expect(redisVerdict(at, hasJobs, fault)).toMatchObject({ status, code });
});

it('lists every wrong setting', () => {
  expect(settingsVerdict(['PORT must be', 'JOBS must be'], false)).toMatchObject({
    status: 'fail',
    answer: 'PORT must be\nJOBS must be',
  });
  expect(settingsVerdict([], true)).toMatchObject({ status: 'ok', answer: expect.stringContaining('沙箱') });
});

it.each([
  ['mongodb://127.0.0.1:27017/genjin', '127.0.0.1:27017', ''],
  ['mongodb://app:p%40ss-word@a:1,b:2/genjin?replicaSet=r', 'a:1,b:2', 'p%40ss-word'],
  ['mongodb+srv://app:secret@cluster.example', 'cluster.example', 'secret'],
  ['redis://:hunter22@cache:6379/0', 'cache:6379', 'hunter22'],
  ['rediss://cache', 'cache', ''],
])('%s is at %s', (uri, hosts, password) => {
  expect([hostsOf(uri), passwordOf(uri)]).toEqual([hosts, password]);
});
