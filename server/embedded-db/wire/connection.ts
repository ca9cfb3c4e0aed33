import type { Socket } from 'node:net';
import { CommandError } from '../errors.ts';
import { parseMessage } from './message.ts';
import type { Request } from './message.ts';
import { encodeReply } from './reply.ts';
import type { Answer } from './reply.ts';

/** 48 MB, as MongoDB allows. */
export const MAX_MESSAGE_BYTES = 48_000_000;

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
export function errorAnswer(error: unknown): Answer {
  const known = error instanceof CommandError ? error : new CommandError(1, String(error));
  return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.details };
}

/** Puts chunks together to messages by the length each begins with. */
function createFramer(emit: (message: Buffer) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    while (size >= 4) {
      const head = parts[0] && parts[0].length >= 4 ? parts[0] : Buffer.concat(parts, size);
      if (parts[0] !== head) parts = [head];
      const length = head.readInt32LE(0);
      if (length < 16 || length > MAX_MESSAGE_BYTES) throw new RangeError(`a message of ${length} bytes`);
      if (size < length) return;
      const all = parts.length === 1 ? head : Buffer.concat(parts, size);
      emit(all.subarray(0, length));
      size -= length;
      parts = size > 0 ? [all.subarray(length)] : [];
    }
  };
}
