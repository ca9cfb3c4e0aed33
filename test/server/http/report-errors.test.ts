import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { aTinyApp, posted } from '../../support/tiny-app.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** An app that throws this at every request. */
const throwing = (error: unknown) =>
  aTinyApp(() => {
    throw error;
  });

describe('a program', () => {
  it('gets code, message, request id and details of what it can act on', async () => {
    const details = [{ field: 'score', message: '0–10' }];
    const { send, logged } = await throwing(
      new AppError(410, 'survey_closed', { message: '问卷已结束', details }),
    );
    const answer = await send('/api/v1/x', { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(410);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({
      error: { code: 'survey_closed', message: '问卷已结束', requestId: 'request-1', details },
    });
    expect(logged).toEqual([]);
  });

  it.each([
    ['a broken promise', new RangeError('secret detail of ours')],
    ['another library’s failure', Object.assign(new Error('E11000 dup key 张三'), { status: 502 })],
    ['something that is no error', 'a thrown text'],
    ['nothing at all', undefined],
  ])('learns nothing about %s of ours, which goes to the log', async (_, error) => {
    const { send, logged } = await throwing(error);
    const answer = await send('/api/v1/x');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      error: { code: 'internal_error', message: '服务器出错了，请稍后再试', requestId: 'request-1' },
    });
    expect(logged).toEqual([{ fields: { error, requestId: 'request-1' }, message: 'request failed' }]);
  });

  it('gets an outage of ours with its own code, and the log gets the cause', async () => {
    const error = new AppError(503, 'wecom_unreachable', {
      message: '企业微信暂时不可用',
      cause: new Error('x'),
    });
    const { send, logged } = await throwing(error);
    expect(await (await send('/x')).json()).toMatchObject({ error: { code: 'wecom_unreachable' } });
    expect(logged).toEqual([{ fields: { error, requestId: 'request-1' }, message: 'request failed' }]);
  });

  it.each([
    ['broken JSON', posted('{"a":'), 400],
    ['a body that is too large', posted({ a: 'x'.repeat(2000) }), 413],
  ])('that sends %s is told so, without our log growing', async (_, init, status) => {
    const { send, logged } = await aTinyApp((ctx) => void (ctx.body = { ok: true }));
    const answer = await send('/api/v1/x', init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code: 'bad_request', requestId: 'request-1' } });
    expect(logged).toEqual([]);
  });

  it('gets 404 in the same shape where nothing is', async () => {
    const { send } = await aTinyApp();
    const answer = await send('/api/v1/nowhere');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'not_found', requestId: 'request-1' } });
  });

  it('gets JSON below /api/ even when it looks like a browser', async () => {
    const { send } = await throwing(new AppError(401, 'signed_out', { message: '请先登录' }));
    const answer = await send('/api/v1/x', { headers: { accept: BROWSER } });
    expect(await answer.json()).toMatchObject({ error: { code: 'signed_out' } });
  });

  it.each(['*/*', 'application/json, text/html', 'text/plain'])(
    'that accepts %s gets JSON',
    async (accept) => {
      const { send } = await aTinyApp();
      expect((await send('/x', { headers: { accept } })).headers.get('content-type')).toContain('json');
    },
  );
});

describe('a person', () => {
  it('gets a page that says what happened', async () => {
    const { send } = await throwing(new AppError(410, 'survey_closed', { message: '问卷已结束' }));
    const answer = await send('/s/x', { headers: { accept: BROWSER } });
    expect(answer.status).toBe(410);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const html = await answer.text();
    expect(html).toContain('<p role="alert">问卷已结束</p>');
    expect(html).toContain('lang="zh-CN"');
  });

  it('gets no markup that came in with a message', async () => {
    const message = `<script>alert("1")</script>&amp; '`;
    const { send } = await throwing(new AppError(400, 'bad', { message }));
    const html = await (await send('/s/x', { headers: { accept: BROWSER } })).text();
    const shown = /<p role="alert">(.*)<\/p>/.exec(html)?.[1] ?? '';
    expect(shown).not.toMatch(/[<>"]/);
    const read = shown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(read).toBe(message);
  });

  it('gets a page, not JSON, even where the route had begun to answer something else', async () => {
    const { send } = await aTinyApp((ctx) => {
      ctx.type = 'application/json';
      throw new AppError(403, 'foreign', { message: '不可以' });
    });
    const answer = await send('/x', { headers: { accept: BROWSER } });
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('不可以');
  });
});

it('leaves good answers alone, an empty one too', async () => {
  const { send } = await aTinyApp((ctx) => {
    if (ctx.path === '/empty') ctx.status = 204;
    else ctx.body = 'fine';
  });
  expect(await (await send('/x')).text()).toBe('fine');
  expect((await send('/empty')).status).toBe(204);
});
