import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { LogEntry, Message, PersonId, SandboxState, Tag } from '../../../client/control.ts';
import { createActions } from './fake-actions.ts';
import { PAGES } from './pages.ts';
import { smallState, smallTalk } from './small-world.ts';

/** The memory of the stand-in platform; tests read and change it. */
export type FakeWorld = {
  state: SandboxState;
  messages: Map<PersonId, Message[]>;
  log: LogEntry[];
  listeners: Set<ServerResponse>;
  /** Paths that were asked for, with their method. */
  asked: string[];
  /** While set, the control API answers 500. */
  isBroken: boolean;
};

export type FakePlatform = FakeWorld & {
  origin: string;
  note: (entry: Partial<LogEntry>) => void;
  mark: (key: { userid: string; externalUserId: string }, tags: Tag[]) => void;
  proposeSurvey: (userid: string) => void;
  close: () => Promise<void>;
};

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};
const CSP = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'";

function addNote(world: FakeWorld, entry: Partial<LogEntry>): void {
  const seq = (world.log.at(-1)?.seq ?? 0) + 1;
  const full: LogEntry = {
    seq,
    at: new Date().toISOString(),
    kind: 'api',
    name: '接口',
    status: 200,
    ms: 12,
    note: '',
    ...entry,
  };
  world.log.push(full);
  for (const listener of world.listeners) listener.write(`id: ${seq}\ndata: ${JSON.stringify(full)}\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

const send = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(value === null ? '' : JSON.stringify(value));
};

function stream(world: FakeWorld, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  world.listeners.add(response);
  response.on('close', () => world.listeners.delete(response));
}

/** What can be read, by the last part of the control path; null: that is an action. */
function readingOf(world: FakeWorld, name: string, query: URLSearchParams): unknown {
  if (name === 'state') return world.state;
  if (name === 'log') return { items: world.log };
  if (name !== 'messages') return null;
  return { items: [...world.messages].find(([person]) => person === query.get('person'))?.[1] ?? [] };
}

async function answerControl(
  world: FakeWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  const name = pathname.replace('/sandbox/control/', '');
  if (name === 'log/stream') return stream(world, response);
  if (world.isBroken)
    return send(response, 500, { error: { code: 'internal_error', message: '沙箱出错了' } });
  const reading = readingOf(world, name, searchParams);
  if (reading !== null) return send(response, 200, reading);
  const action = createActions(world, (entry) => addNote(world, entry))[name];
  if (!action) return send(response, 404, { error: { code: 'not_found', message: '没有这个操作' } });
  const answer = action(await bodyOf(request));
  send(response, 'error' in answer ? 409 : 200, answer);
}

async function answerFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = path === '/sandbox/' ? 'index.html' : path.replace('/sandbox/', '');
  const content = await readFile(join(folder, file)).catch(() => null);
  response.writeHead(content === null ? 404 : 200, {
    'content-type': TYPES[extname(file)] ?? 'text/plain',
    'content-security-policy': CSP,
  });
  response.end(content);
}

function answer(
  world: FakeWorld,
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    world.asked.push(`${request.method} ${pathname}`);
    const page = PAGES[pathname];
    if (pathname.startsWith('/sandbox/control/')) return answerControl(world, request, response);
    if (page) response.writeHead(200, { 'content-type': `${page.type}; charset=utf-8` }).end(page.text);
    else if (/^\/(api|auth)\//u.test(pathname)) send(response, 200, {});
    else await answerFile(folder, pathname, response);
  };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** Serves the built client at `/sandbox/` with an in-memory control API and trivial pages for the frames. */
export async function openFakePlatform(folder: string): Promise<FakePlatform> {
  const world: FakeWorld = {
    state: smallState(),
    messages: smallTalk(),
    log: [],
    listeners: new Set(),
    asked: [],
    isBroken: false,
  };
  const server = createServer(answer(world, folder));
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const note = (entry: Partial<LogEntry>): void => addNote(world, entry);
  return Object.assign(world, {
    origin,
    note,
    mark: (key: { userid: string; externalUserId: string }, tags: Tag[]) => {
      const found = world.state.relations.find(
        ({ userid, externalUserId }) => userid === key.userid && externalUserId === key.externalUserId,
      );
      if (found) found.tags = tags;
      note({
        name: '编辑客户企业标签',
        method: 'POST',
        path: '/cgi-bin/externalcontact/mark_tag',
        errcode: 0,
      });
    },
    proposeSurvey: (userid: string) => {
      const person: PersonId = `staff:${userid}`;
      const task: Message = {
        id: 'task1',
        at: new Date().toISOString(),
        kind: 'task',
        msgid: 'msg-1',
        text: '周总，感谢您一直以来的支持，想请您用十秒钟给我们打个分。',
        links: [
          {
            title: '您愿意把我们推荐给同行吗？',
            desc: '只有一道题，十秒钟',
            url: `${origin}/s/token`,
            picurl: '',
          },
        ],
        recipients: [{ externalUserId: 'wm-a', name: '周文博' }],
        status: 'waiting',
      };
      world.messages.set(person, [...(world.messages.get(person) ?? []), task]);
      note({
        name: '创建企业群发',
        method: 'POST',
        path: '/cgi-bin/externalcontact/add_msg_template',
        errcode: 0,
      });
    },
    close: async () => {
      for (const listener of world.listeners) listener.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
