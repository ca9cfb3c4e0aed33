import { z } from 'zod';
import type { WecomCall } from './call.ts';
import { WecomLimitError } from './limit.ts';
import { pagesOf, wholeOf } from './pages.ts';

/**
 * One API. `ask` puts what our caller gives into WeCom's names, `request` checks it against WeCom's limits, `answer` checks
 * what comes back, `tell` puts that into our names. A GET sends the request as query.
 */
export type CallSpec<Asked, Input, Sent, Answer, Told> = {
  path: string;
  method?: 'GET' | 'POST';
  request: z.ZodType<Sent, Input>;
  encode: (asked: Asked) => NoInfer<Input>;
  answer: z.ZodType<Answer>;
  decode: (answer: NoInfer<Answer>, asked: NoInfer<Asked>) => Told;
  isRepeatable?: boolean;
  lane?: 'writes';
};

/** For an API whose answer says no more than that it worked. */
export const decodesNothing = { answer: z.unknown(), decode: (): void => undefined };

/**
 * Makes the method of one API.
 *
 * @throws {WecomLimitError} before any request, when a documented limit is broken. @throws {WecomError | WecomUnreachable}
 */
export const defineCall =
  <Asked, Input, Sent extends object, Answer, Told>(spec: CallSpec<Asked, Input, Sent, Answer, Told>) =>
  (call: WecomCall) =>
  async (asked: Asked): Promise<Told> =>
    spec.decode(await send(call, spec, checked(spec, asked)), asked);

/** Puts the cursor into the next request. */
const byCursor = (cursor: string): object => ({ cursor });

/**
 * Makes the method of an API that answers in pages, followed until the last; `turn` is for those with another word than
 * `cursor`. `isStreamed` for what is too much to hold: its reader must begin anew by itself at 50100, a forgotten cursor.
 */
export const definePages =
  <Asked, Input, Sent extends object, Answer extends { next_cursor: string }, Told>(
    spec: CallSpec<Asked, Input, Sent, Answer, Told> & {
      turn?: (cursor: string) => object;
      isStreamed?: true;
    },
  ) =>
  (call: WecomCall) =>
    async function* (asked: Asked): AsyncGenerator<Told> {
      const sent = checked(spec, asked);
      const { turn = byCursor } = spec;
      const read = (cursor: string) => send(call, spec, { ...sent, ...(cursor ? turn(cursor) : {}) });
      const follow = spec.isStreamed ? pagesOf : wholeOf;
      for await (const page of follow(spec.path, read)) yield spec.decode(page, asked);
    };

type Checking<Asked, Input, Sent> = {
  path: string;
  request: z.ZodType<Sent, Input>;
  encode: (asked: Asked) => Input;
};

/** What will be sent. @throws {WecomLimitError} naming the first field that breaks a limit. */
function checked<Asked, Input, Sent>(
  { path, request, encode }: Checking<Asked, Input, Sent>,
  asked: Asked,
): Sent {
  return checkRequest(path, request, encode(asked));
}

/** Checks a request against WeCom's limits. @throws {WecomLimitError} naming the first field that breaks one. */
export function checkRequest<Sent, Input>(path: string, request: z.ZodType<Sent, Input>, sent: Input): Sent {
  const result = request.safeParse(sent);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new WecomLimitError(path, issue?.path.join('.') ?? '', issue?.message ?? 'is wrong');
}

type Sending<Answer> = {
  path: string;
  method?: 'GET' | 'POST';
  answer: z.ZodType<Answer>;
  isRepeatable?: boolean;
  lane?: 'writes';
};

function send<Answer>(call: WecomCall, spec: Sending<Answer>, sent: object): Promise<Answer> {
  const { path, method = 'POST', answer, isRepeatable = true, lane } = spec;
  const request = { answer, isRepeatable, ...(lane ? { lane } : {}) };
  return call(path, { ...request, ...(method === 'POST' ? { body: sent } : { query: queryOf(sent) }) });
}

function queryOf(sent: object): Record<string, string | number> {
  const entries = Object.entries(sent).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}
