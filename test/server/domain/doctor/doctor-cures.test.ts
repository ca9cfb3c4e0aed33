import { describe, expect, it } from 'vitest';
import {
  CHECK_NAMES,
  checkTitle,
  failed,
  refused,
  warned,
} from '../../../../server/domain/doctor/doctor-checks.ts';
import { cureOf } from '../../../../server/domain/doctor/doctor-cures.ts';

/** Codes that several checks meet, and one that nobody has heard of. */
const CODES = ['*', '-1', '40001', '40013', '45009', '48002', '50003', '60011', '60020', 'dns', 'unheard_of'];

describe.each(CHECK_NAMES)('the cure of %s', (name) => {
  it('is there for every code, in Chinese, and leaves no place unfilled', () => {
    for (const code of CODES)
      for (const subject of ['', 'https://crm.example.com']) {
        const cure = cureOf(name, code, subject);
        expect(cure).toMatch(/[一-鿿]/);
        expect(cure).not.toMatch(/\{\}|（）|undefined/);
      }
  });

  it('has a title of its own', () => {
    expect(CHECK_NAMES.filter((each) => checkTitle(each) === checkTitle(name))).toEqual([name]);
  });
});

describe('a cure', () => {
  it.each([
    ['trusted_ip', '60020', '203.0.113.9', '加入服务器的出口 IP 203.0.113.9，'],
    ['credentials', '40013', '', '核对 WECOM_CORP_ID'],
    ['credentials', '40001', '', '核对 WECOM_AGENT_SECRET'],
    ['callback', 'wrong_token', '', 'WECOM_CALLBACK_TOKEN'],
    ['callback', 'wrong_key', '', 'WECOM_CALLBACK_AES_KEY'],
    ['oauth', '50001', 'crm.example.com:8443', '填入 crm.example.com:8443'],
    ['contact_permission', '48002', '', '可调用接口的应用'],
    ['members', '*', '3 人', '3 人'],
    ['product_apis', '84061', '', '没有联系关系'],
    ['visible_range', '41001', '', '没有 access_token'],
    ['corp_ticket', '48002', '', '可信域名'],
    ['app_ticket', '48002', '', 'WECOM_AGENT_SECRET 是本应用的'],
    ['time_zone', 'not_china', '', 'APP_TIMEZONE'],
    ['events', 'never', '', '两边的 Token 要相同'],
  ] as const)('of %s, %s says what to change: %s', (...[name, code, subject, part]) => {
    expect(cureOf(name, code, subject)).toContain(part);
  });

  it('belongs to the check first, then to the code, then to any code of the check', () => {
    expect(cureOf('corp_ticket', '45009', '')).toContain('jsapi_ticket');
    expect(cureOf('members', '45009', '')).toContain('接口调用次数已用完');
    expect(cureOf('members', '12345', '')).toContain('登录企业微信完成激活');
    expect(cureOf('corp_ticket', '12345', '')).toContain('path/90313');
  });
});

describe('a verdict', () => {
  it('on a refusal keeps WeCom’s own code and the address it saw', () => {
    const answer = { is: 'refused' as const, errcode: 60020, errmsg: 'not allow', seenIp: '203.0.113.9' };
    expect(refused('GET /x', answer)).toEqual({
      status: 'fail',
      tried: 'GET /x',
      answer: 'errcode 60020：not allow',
      code: '60020',
      subject: '203.0.113.9',
    });
    expect(refused('GET /x', { is: 'unusable', word: '超时', code: 'timeout' })).toMatchObject({
      answer: '超时',
      code: 'timeout',
      subject: '',
    });
  });

  it('that warns differs from one that fails by its status alone', () => {
    const about = { code: 'slow', subject: 'x' };
    expect(warned('a', 'b', about)).toEqual({ ...failed('a', 'b', about), status: 'warn' });
  });
});
