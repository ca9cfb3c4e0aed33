import { expect, it } from 'vitest';
import { authorizeUrl } from '../../../../server/flows/staff/authorize-url.ts';
import { createOauthApi } from '../../../../server/wecom/api/oauth.ts';

const PC = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15';
const WECOM_PC = `${PC} wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat`;
const WECOM_PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) wxwork/4.1.36 MicroMessenger/7.0.1';
const WECHAT = 'Mozilla/5.0 (Linux; Android 14) Chrome/116 MicroMessenger/8.0.49';
const PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';

const WECOM = 'https://open.weixin.qq.com';
const hostOf = (userAgent: string | null, oauthUrl = WECOM) => {
  const oauth = createOauthApi(() => Promise.reject(new Error('nobody is asked')), {
    corpId: 'ww1',
    agentId: '7',
    oauthUrl,
  });
  const site = { publicUrl: 'https://crm.example.com' };
  const url = new URL(
    authorizeUrl({ wecom: { oauth }, site }, { back: '/auth/callback', state: 'abc', userAgent }),
  );
  expect(url.searchParams.get('redirect_uri')).toBe('https://crm.example.com/auth/callback');
  expect(url.searchParams.get('state')).toBe('abc');
  return url.host;
};

it.each([
  ['a browser on Windows', PC],
  ['a browser on a Mac', MAC],
])('shows %s a code to be scanned, because WeCom recognises only its own browser', (_, userAgent) => {
  expect(hostOf(userAgent)).toBe('login.work.weixin.qq.com');
});

it.each([
  ['WeCom on a computer', WECOM_PC],
  ['WeCom on a phone', WECOM_PHONE],
  ['WeChat', WECHAT],
  ['a browser on a phone, which cannot scan itself', PHONE],
  ['a customer, whatever the browser', null],
])('recognises %s in silence', (_, userAgent) => {
  expect(hostOf(userAgent)).toBe('open.weixin.qq.com');
});

it('leaves it to a platform that stands in for WeCom to recognise a computer', () => {
  expect(hostOf(PC, 'http://127.0.0.1:4000')).toBe('127.0.0.1:4000');
});
