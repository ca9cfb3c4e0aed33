import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../server/errors.ts';
import { endpoint } from '../../../server/http/endpoint.ts';
import { aTinyApp, posted } from '../../support/tiny-app.ts';

const Note = {
  access: 'anybody' as const,
  load: { what: 'note', to: 'write' as const },
  params: z.object({ id: z.string().regex(/^w/) }),
  query: z.object({ page: z.coerce.number().int().default(1) }),
  body: z.object({ score: z.number().int().min(0).max(10), comment: z.string().max(5).default('') }),
  answer: z.object({ kept: z.string(), at: z.string().nullable() }),
};

/** An app with one route; `seen` is what its function got, `open` what loads the note. */
async function anApp(answer: unknown = { kept: 'yes', at: null }, open: Open = async () => 'the note') {
  const seen: unknown[] = [];
  const run = async (input: object, state: { requestId?: string }) => {
    seen.push({ ...input, requestId: state.requestId });
    return answer as { kept: string; at: string | null };
  };
  const routes = new Router().all('/notes/:id', endpoint(Note, { open, run }));
  return { seen, ...(await aTinyApp(routes.routes() as Middleware)) };
}

type Open = (load: typeof Note.load, asked: { params: { id: string } }) => Promise<string>;

it('hands over what came in, checked, with defaults and the state of the request', async () => {
  const { send, seen } = await anApp();
  const answer = await send('/notes/w1?page=3&other=1', posted({ score: 9, unknown: true }));
  expect([answer.status, await answer.json()]).toEqual([200, { kept: 'yes', at: null }]);
  expect(seen).toEqual([
    {
      params: { id: 'w1' },
      query: { page: 3 },
      body: { score: 9, comment: '' },
      opened: 'the note',
      requestId: 'request-1',
    },
  ]);
});

it.each([
  ['/notes/x1', posted({ score: 9 }), 'invalid_params', ['id']],
  ['/notes/w1?page=x', posted({ score: 9 }), 'invalid_query', ['page']],
  ['/notes/w1?page=1&page=2', posted({ score: 9 }), 'invalid_query', ['page']],
  ['/notes/w1', posted({ score: 11, comment: 'too long' }), 'invalid_body', ['score', 'comment']],
  ['/notes/w1', posted([]), 'invalid_body', ['']],
  ['/notes/w1', { method: 'POST' }, 'invalid_body', ['score']],
] as const)('%s %j is refused as %s, naming every field', async (...[path, init, code, fields]) => {
  const { send, seen, logged } = await anApp();
  const answer = await send(path, init);
  expect(answer.status).toBe(400);
  const { error } = (await answer.json()) as {
    error: { code: string; details: { field: string; message: string }[] };
  };
  expect(error.code).toBe(code);
  expect(error.details.map(({ field }) => field)).toEqual(fields);
  expect(error.details.every(({ message }) => message.length > 0)).toBe(true);
  expect([seen, logged]).toEqual([[], []]);
});

it('opens what the shape names, once the request is checked, and runs nothing when that is refused', async () => {
  const asked: unknown[] = [];
  const { send, seen } = await anApp(undefined, async ({ what, to }, { params }) => {
    asked.push([what, to, params.id]);
    throw new AppError(403, 'not_yours', { message: 'x' });
  });
  expect((await send('/notes/w1', posted({ score: 11 }))).status).toBe(400);
  expect(asked).toEqual([]);
  expect((await send('/notes/w1', posted({ score: 9 }))).status).toBe(403);
  expect([asked, seen]).toEqual([[['note', 'write', 'w1']], []]);
});

it('sends nothing that the contract does not name', async () => {
  const { send } = await anApp({ kept: 'yes', at: null, mobile: '13800000000' });
  expect(await (await send('/notes/w1', posted({ score: 0 }))).json()).toEqual({ kept: 'yes', at: null });
});

it('answers 500 when our own answer breaks the contract, and logs why', async () => {
  const { send, logged } = await anApp({ kept: 7 });
  const answer = await send('/notes/w1', posted({ score: 0 }));
  expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: 'internal_error' } }]);
  expect(logged).toHaveLength(1);
});

it('takes no shape that does not say who may call it and what it loads', () => {
  const { access: _access, ...forAnybody } = Note;
  const { load: _load, ...loadingAnything } = Note;
  const answering = { open: async () => null, run: async () => ({ kept: '', at: null }) };
  // @ts-expect-error -- access is missing
  expect(endpoint(forAnybody, answering)).toBeTypeOf('function');
  // @ts-expect-error -- load is missing
  expect(endpoint(loadingAnything, answering)).toBeTypeOf('function');
});
