import type { Socket } from 'node:net';
import { CommandError } from '../errors.ts';
import { createFramer } from './framer.ts';
import { parseMessage } from './message.ts';
import type { Request } from './message.ts';
import { encodeReply } from './reply.ts';
import type { Answer } from './reply.ts';

/** Answers one request. */
export type Handle = (request: Request, connectionId: number) => Answer | Promise<Answer>;

let connections = 0;

/** Answers a client's messages one after the other, in the order they came. */
export function serveConnection(socket: Socket, handle: Handle): void {
  connections += 1;
  const connectionId = connections;
  const waiting: Buffer[] = [];
  let isBusy = false;

  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      const answer = respond(message, (request) => handle(request, connectionId));
      const reply = answer instanceof Promise ? await answer : answer;
      if (reply && !socket.destroyed) socket.write(reply);
    }
    isBusy = false;
  };

  const take = createFramer((message) => waiting.push(message));
  socket.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
      void work();
    } catch {
      socket.destroy(); // not the protocol: nothing sensible can be answered
    }
  });
  socket.on('error', () => socket.destroy());
}

type Run = (request: Request) => Answer | Promise<Answer>;

/** The bytes of the answer, or `null` if none is wanted. Stays synchronous where the command is. */
function respond(message: Buffer, run: Run): Buffer | null | Promise<Buffer | null> {
  let request: Request | null = null;
  const finish = (answer: Answer): Buffer | null =>
    request?.wantsReply ? encodeReply(request, answer) : null;
  const fail = (error: unknown): Buffer | null => finish(errorAnswer(error));
  try {
    request = parseMessage(message);
    const answer = run(request);
    return answer instanceof Promise ? answer.then(finish, fail) : finish(answer);
  } catch (error) {
    request ??= unreadable(message);
    return fail(error);
  }
}

const unreadable = (message: Buffer): Request => ({
  requestId: message.readInt32LE(4),
  isLegacy: false,
  wantsReply: true,
  name: '',
  db: '',
  body: {},
  lists: new Map(),
});

/** An error as a command's answer; one of our own making is 1 InternalError. */
function errorAnswer(error: unknown): Answer {
  const known = error instanceof CommandError ? error : new CommandError(1, String(error));
  return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.details };
}
