import { describe, expect, it } from 'vitest';
import {
  apiAnswerOf,
  fieldsOf,
  silenceOf,
  type ProbeResponse,
} from '../../../../server/domain/doctor/doctor-answers.ts';

/** An exchange that brought this text. */
const heard = (text: string, status = 200): ProbeResponse => ({
  is: 'answer',
  status,
  date: null,
  location: null,
  text,
  at: new Date('2026-03-11T02:00:00Z'),
  ms: 5,
});

const untrusted = (errmsg: string) => apiAnswerOf(heard(JSON.stringify({ errcode: 60020, errmsg })));

describe('the reason behind a silence', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNABORTED', 'timeout'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['EPROTO', 'tls'],
    ['ECONNRESET', 'cut'],
    ['no answer', 'cut'],
  ])('of %s is %s', (word, fault) => {
    expect(silenceOf(word)).toBe(fault);
  });
});

describe('an answer of WeCom', () => {
  it('is good with errcode 0, and without any', () => {
    expect(apiAnswerOf(heard('{"errcode":0,"ticket":"t"}'))).toMatchObject({
      is: 'good',
      fields: { ticket: 't' },
    });
    expect(apiAnswerOf(heard('{"ticket":"t"}'))).toMatchObject({ is: 'good' });
  });

  it('is a refusal with the words before the hint, and the address that WeCom saw', () => {
    const errmsg =
      'not allow to access from your ip, hint: [1700000000312345], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020';
    expect(apiAnswerOf(heard(JSON.stringify({ errcode: 60020, errmsg })))).toEqual({
      is: 'refused',
      errcode: 60020,
      errmsg: 'not allow to access from your ip',
      seenIp: '203.0.113.7',
    });
  });

  it('knows addresses of IPv6, and refusals that tell none', () => {
    expect(untrusted('no, from ip: 2001:db8::7, more info at x')).toMatchObject({ seenIp: '2001:db8::7' });
    expect(untrusted('no')).toMatchObject({ errmsg: 'no', seenIp: null });
  });

  it.each([
    ['<html>Bad gateway</html>', 502, 'http_502', 'HTTP 502（一张网页）'],
    ['', 404, 'http_404', 'HTTP 404'],
    ['<html>Please sign in to the network</html>', 200, 'not_json', 'HTTP 200，但不是 JSON（一张网页）'],
    ['{"errcode":', 200, 'not_json', 'HTTP 200，但不是 JSON'],
    ['[1]', 200, 'not_json', 'HTTP 200，但不是 JSON'],
    ['null', 200, 'not_json', 'HTTP 200，但不是 JSON'],
  ])('is none when somebody else answers: %s (%i)', (...[text, status, code, word]) => {
    expect(apiAnswerOf(heard(text, status))).toEqual({ is: 'unusable', code, word });
  });

  it('is none when nobody answers, and names the reason', () => {
    expect(apiAnswerOf({ is: 'silence', fault: 'dns', word: 'ENOTFOUND' })).toEqual({
      is: 'unusable',
      code: 'dns',
      word: '域名解析失败（ENOTFOUND）',
    });
  });
});

it('reads objects only', () => {
  expect([fieldsOf('{"a":1}'), fieldsOf('"a"'), fieldsOf('7'), fieldsOf('')]).toEqual([
    { a: 1 },
    null,
    null,
    null,
  ]);
});
