import { describe, expect, it } from 'vitest';
import {
  CHECK_NAMES,
  failed,
  fine,
  refused,
  skipped,
  warned,
} from '../../../../server/domain/doctor/doctor-checks.ts';
import { cureOf } from '../../../../server/domain/doctor/doctor-cures.ts';
import { findingOf, isHealthy, reportText } from '../../../../server/domain/doctor/doctor-report.ts';

describe('a cure', () => {
  it('names the address that WeCom saw, or does without', () => {
    expect(cureOf('trusted_ip', '60020', '203.0.113.7')).toContain('出口 IP 203.0.113.7，');
    expect(cureOf('trusted_ip', '60020', '')).toContain('出口 IP，');
  });

  it.each([
    ['contact_permission', '60020', '企业可信 IP'],
    ['corp_ticket', '48002', '可信域名'],
    ['contact_permission', '99999', '可调用接口的应用'],
    ['corp_ticket', '99999', 'document/path/90313'],
    ['credentials', '-1', '稍后再检查'],
  ] as const)('for %s %s falls back to what is known: %s', (name, code, words) => {
    expect(cureOf(name, code, '')).toContain(words);
  });

  it('leaves no hole, whatever the check and the code', () => {
    for (const name of CHECK_NAMES)
      for (const code of ['*', 'dns', 'refused', '60020', 'missing', 'index_missing', 'nothing_known'])
        for (const subject of ['', 'x']) expect(cureOf(name, code, subject)).not.toMatch(/[{}]|（）/);
  });
});

describe('a finding', () => {
  it('has a cure when there is something to mend, and none otherwise', () => {
    expect(findingOf('clock', fine('a', 'b'), [])).toEqual({
      name: 'clock',
      title: '系统时钟',
      status: 'ok',
      tried: 'a',
      answer: 'b',
      cure: null,
      code: null,
    });
    expect(findingOf('clock', warned('a', 'b', { code: 'clock_off' }), []).cure).toContain('校准');
  });

  it('shows no secret, wherever it slipped in', () => {
    const verdict = failed('with s3cret-1', 'said s3cret-1 and s3cret-2', { code: 'x', subject: 's3cret-2' });
    const text = JSON.stringify(findingOf('callback', verdict, ['s3cret-1', 's3cret-2', '']));
    expect(text).not.toContain('s3cret');
    expect(text).toContain('said *** and ***');
  });

  it('takes its code from what WeCom refused with, or from what else came', () => {
    expect(refused('t', { is: 'refused', errcode: 48002, errmsg: 'no', seenIp: null })).toMatchObject({
      status: 'fail',
      code: '48002',
      answer: 'errcode 48002：no',
    });
    expect(refused('t', { is: 'unusable', code: 'not_json', word: 'w' })).toMatchObject({
      code: 'not_json',
      answer: 'w',
    });
  });
});

describe('the report', () => {
  const findings = [
    findingOf('settings', fine('', '都有'), []),
    findingOf('callback', failed('GET x', '一\n二', { code: 'refused' }), []),
    findingOf('oauth', warned('打开', '不知道', { code: 'only_phone' }), []),
    findingOf('redis', skipped('不需要'), []),
  ];

  it('is healthy with warnings, and not with one failure', () => {
    expect(isHealthy(findings)).toBe(false);
    expect(isHealthy(findings.filter(({ status }) => status !== 'fail'))).toBe(true);
  });

  it('has a line for what is well, and tried, came back and cure for the rest', () => {
    const lines = reportText(findings).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '✓ 设置：都有',
      '✗ 回调 URL',
      '    检查了：GET x',
      '    返回了：一',
      '            二',
    ]);
    expect(lines[5]).toMatch(/^ {4}怎么改：/);
    expect(lines).toContain('! 网页授权');
    expect(lines).toContain('– Redis：不需要');
    expect(lines.at(-1)).toBe('通过 1，提醒 1，未通过 1，跳过 1');
  });
});
