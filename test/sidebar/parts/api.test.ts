import { afterEach, expect, it, vi } from 'vitest';
import { call } from '../../../sidebar/parts/api.ts';

afterEach(() => void vi.unstubAllGlobals());

const answered = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));

it('tells what our server says when it refuses', async () => {
  answered(409, JSON.stringify({ error: { code: 'taken', message: '这个名称已被使用' } }));
  await expect(call('/x')).rejects.toMatchObject({ status: 409, code: 'taken', message: '这个名称已被使用' });
});

it.each(['<html>502 Bad Gateway</html>', '{}', '{"error":"bad"}'])(
  'tells in words for people when something in between answers %s',
  async (body) => {
    answered(502, body);
    const message = '服务器暂时没有正常回答（502），请稍后重试';
    await expect(call('/x')).rejects.toMatchObject({ status: 502, code: 'HTTP 502', message });
  },
);
