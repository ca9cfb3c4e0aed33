import { describe, expect, it } from 'vitest';
import { checkCallback } from '../../../../server/flows/doctor/check-callback.ts';
import { checkClock } from '../../../../server/flows/doctor/check-clock.ts';
import { checkJsSignature } from '../../../../server/flows/doctor/check-js-signature.ts';
import { checkOauth } from '../../../../server/flows/doctor/check-oauth.ts';
import { checkOwnershipFile } from '../../../../server/flows/doctor/check-ownership-file.ts';
import { answered, now, page, played, probing, type Played } from '../../../support/a-played-doctor.ts';
import type { Reply } from '../../../support/scripted-server.ts';
import { ok } from '../../../support/wecom-parts.ts';

const ourRefusal = (code: string) => JSON.stringify({ error: { code, message: '' } });

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [30, 'ok'],
    [-30, 'ok'],
    [31, 'warn'],
    [-31, 'warn'],
    [300, 'warn'],
    [-300, 'warn'],
    [301, 'fail'],
    [-301, 'fail'],
  ])('%i s off: %s', async (seconds, status) => {
    const date = new Date(now().getTime() - seconds * 1000).toUTCString();
    const verdict = await checkClock(probing({ knock: async () => answered({ date }) }));
    expect(verdict.status).toBe(status);
  });

  it('is told by how much and which way it is off', async () => {
    const date = new Date(now().getTime() + 40_000).toUTCString();
    expect((await checkClock(probing({ knock: async () => answered({ date }) }))).answer).toBe(
      '本机慢 40 秒',
    );
  });

  it('is not judged by an answer without a date', async () => {
    expect(await checkClock(probing({ knock: async () => answered({}) }))).toMatchObject({ status: 'skip' });
  });
});

describe('the callback URL', () => {
  it.each([
    [1000, 'ok', null],
    [1001, 'warn', 'slow'],
  ])('that answers rightly after %i ms: %s', async (ms, ...[status, code]) => {
    const echo = async () => ({ heard: answered({ text: '17', ms }), expected: '17' });
    expect(await checkCallback(probing({ echo }))).toMatchObject({ status, code });
  });

  it.each([
    [page(200, '<!doctype html>'), 'another_server'],
    [page(404, ''), 'another_server'],
    [page(403, 'forbidden'), 'another_server'],
    [page(301, ''), 'redirected'],
    [page(200, '"1234567890"'), 'wrong_body'],
    [page(200, ''), 'wrong_body'],
    [page(403, ourRefusal('wrong_signature')), 'wrong_token'],
    [page(400, ourRefusal('not_decryptable')), 'wrong_key'],
    [page(403, ourRefusal('wrong_receiver')), 'wrong_corp'],
    ['cut', 'cut'],
  ] satisfies [Reply, string][])('that answers %j: %s', async (reply, code) => {
    expect(await checkCallback(await played({ '/wecom/callback': reply }))).toMatchObject({
      status: 'fail',
      code,
    });
  });
});

describe('the ownership file', () => {
  it.each([
    [page(200, 'abcdefgh12345678'), 'ok', null],
    [page(200, 'abcdefgh12345678\n'), 'ok', null],
    [page(200, '<!doctype html>'), 'fail', 'wrong_content'],
    [page(404, ''), 'fail', 'missing'],
  ] satisfies [Reply, string, string | null][])('that answers %j: %s', async (reply, ...[status, code]) => {
    const verdict = await checkOwnershipFile(await played({ 'WW_verify_abcdefgh12345678.txt': reply }));
    expect(verdict).toMatchObject({ status, code });
  });

  it('is nobody’s business when none is named', async () => {
    expect(await checkOwnershipFile(await played({}, { verifyFile: null }))).toMatchObject({
      status: 'skip',
    });
  });
});

describe('a signature', () => {
  it.each([
    [page(200, 'page'), ok({ ticket: 'x' }), 'ok', null],
    [page(302, ''), ok({ ticket: 'x' }), 'fail', 'redirected'],
    [page(503, ''), ok({ ticket: 'x' }), 'fail', 'no_page'],
    [page(200, 'page'), ok({ ticket: '' }), 'fail', 'no_ticket'],
  ] as [Reply, Reply, string, string | null][])(
    '%j, %j: %s %s',
    async (...[sidebar, ticket, status, code]) => {
      const parts = await played({ '/sidebar/': sidebar, 'ticket/get': ticket });
      expect(await checkJsSignature(parts)).toMatchObject({ status, code });
    },
  );
});

const hostOf = ({ settings }: Played) => new URL(settings.publicUrl).host;

describe('the way back from WeCom', () => {
  const closed = page(200, '请在微信客户端打开链接');

  it('is right when WeCom leads back', async () => {
    const parts = await played({});
    const location = `${parts.settings.publicUrl}/auth/callback?code=1&state=genjindoctor`;
    const authorize = async () => answered({ status: 302, location });
    expect(await checkOauth({ ...parts, probe: { ...parts.probe, authorize } })).toMatchObject({
      status: 'ok',
    });
  });

  it('is wrong when the page or the app says so, and unknown otherwise', async () => {
    const untold = await played({ authorize: closed });
    expect(await checkOauth(untold)).toMatchObject({ status: 'warn', code: 'only_phone' });
    const page50001 = page(200, 'redirect_uri 域名与后台配置不一致，错误码：50001');
    const refusing = await played({ authorize: page50001 });
    expect(await checkOauth(refusing)).toMatchObject({
      status: 'fail',
      code: '50001',
      subject: hostOf(refusing),
    });
    const other = await played({ authorize: closed, 'agent/get': ok({ redirect_domain: 'crm.firma.cn' }) });
    expect(await checkOauth(other)).toMatchObject({
      status: 'fail',
      code: '50001',
      answer: expect.stringContaining('crm.firma.cn'),
    });
    const unset = await played({ authorize: closed, 'agent/get': ok({ redirect_domain: '' }) });
    expect(await checkOauth(unset)).toMatchObject({ status: 'fail', answer: '应用没有设置可信域名' });
    const corp = await played({ authorize: page(200, 'appid 参数错误(40013)') });
    expect(await checkOauth(corp)).toMatchObject({ status: 'fail', code: '40013' });
  });

  it('is right when the app tells our own domain', async () => {
    const app = { json: { errcode: 0, redirect_domain: '' } };
    const parts = await played({ authorize: closed, 'agent/get': app });
    app.json.redirect_domain = new URL(parts.settings.publicUrl).host;
    expect(await checkOauth(parts)).toMatchObject({ status: 'ok' });
  });

  it('is only a warning when the server itself does not get there', async () => {
    expect(await checkOauth(await played({ authorize: 'cut' }))).toMatchObject({
      status: 'warn',
      code: 'cut',
    });
  });
});
