import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { FollowUpDraft, FollowUpSaved, Profile } from '../../../server/api/contract/profile.ts';
import type { DueList } from '../../../server/api/contract/due.ts';
import type { AgentConfig, Me } from '../../../server/api/contract/session.ts';
import type { Survey, SurveyDraft } from '../../../server/api/contract/survey.ts';
import { ABSENCE_DOORS, type AbsenceApi } from './absence-answers.ts';
import { ACCOUNT_DOORS, type AccountApi } from './account-answers.ts';
import { CONNECTION_DOORS, type ConnectionApi } from './connection-answers.ts';
import { CONSOLE_DOORS, type ConsoleApi } from './console-doors.ts';
import { KDM_DOORS, type KdmApi } from './kdm-answers.ts';
import { MESSAGE_DOORS, type MessageApi } from './message-answers.ts';
import { TASK_DOORS, type TaskApi } from './task-answers.ts';
import { WARNING_DOORS, type WarningApi } from './warning-answers.ts';

/** An error answer in the shape of contract.md "Errors". */
export class Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  details: unknown;
  constructor(status: number, code: string, message: string) {
    this.status = status;
    this.code = code;
    this.message = message;
  }
  /** The same with `details` as the contract says. */
  with(details: unknown): this {
    this.details = details;
    return this;
  }
}

/** What a door gives back, at once or later. */
export type Reply<Answer> = Answer | Refusal | Promise<Answer | Refusal>;

/** What the server says; a test replaces what it is about. */
export type Api = ConsoleApi &
  WarningApi &
  TaskApi &
  AccountApi &
  AbsenceApi &
  ConnectionApi &
  KdmApi &
  MessageApi & {
    me: () => Reply<Me>;
    agentConfig: (url: string) => Reply<AgentConfig>;
    profile: (externalUserId: string) => Reply<Profile>;
    saveFollowUp: (externalUserId: string, draft: FollowUpDraft) => Reply<FollowUpSaved>;
    due: (limit: number) => Reply<DueList>;
    survey: (token: string) => Reply<Survey>;
    answerSurvey: (token: string, draft: SurveyDraft) => Reply<Survey>;
  };

/** One route of the scripted API. */
export type Door<Of = Api> = [
  pattern: RegExp,
  answer: (api: Of, id: string, request: IncomingMessage) => Promise<unknown> | unknown,
];

const DOORS: Door[] = [
  ...CONSOLE_DOORS,
  ...KDM_DOORS,
  ...MESSAGE_DOORS,
  ...WARNING_DOORS,
  ...TASK_DOORS,
  ...ACCOUNT_DOORS,
  ...ABSENCE_DOORS,
  ...CONNECTION_DOORS,
  [/^GET \/api\/v1\/me$/, (api) => api.me()],
  [/^GET \/api\/v1\/due\?limit=(\d+)$/, (api, limit) => api.due(Number(limit))],
  [/^GET \/api\/v1\/js-sdk\/agent-config\?url=(.+)$/, (api, url) => api.agentConfig(url)],
  [/^GET \/api\/v1\/contacts\/(.+)\/profile$/, (api, id) => api.profile(id)],
  [
    /^POST \/api\/v1\/contacts\/(.+)\/follow-ups$/,
    async (api, id, request) => api.saveFollowUp(id, (await json(request)) as FollowUpDraft),
  ],
  [/^GET \/api\/v1\/survey\/(.+)$/, (api, token) => api.survey(token)],
  [
    /^POST \/api\/v1\/survey\/(.+)$/,
    async (api, token, request) => api.answerSurvey(token, (await json(request)) as SurveyDraft),
  ],
];

async function answerApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const line = `${request.method} ${request.url}`;
  const door = DOORS.find(([pattern]) => pattern.test(line));
  const id = decodeURIComponent(door?.[0].exec(line)?.[1] ?? '');
  const answer = door ? await door[1](api, id, request) : new Refusal(404, 'not_found', line);
  const isRefusal = answer instanceof Refusal;
  response.writeHead(isRefusal ? answer.status : 200, { 'content-type': 'application/json' });
  const body = isRefusal
    ? { error: { code: answer.code, message: answer.message, requestId: 'r1', details: answer.details } }
    : answer;
  response.end(JSON.stringify(body));
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

function sendFile(path: string, response: ServerResponse): void {
  if (!existsSync(path)) return void response.writeHead(404).end();
  // The policy a server is likely to set: pages must not need inline scripts or styles.
  response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:");
  response.setHeader('content-type', `${TYPES[extname(path)] ?? 'application/octet-stream'}; charset=utf-8`);
  createReadStream(path).pipe(response);
}

/** Which built file answers a path. */
const FILES = new Map([
  [/^\/static\//, '/'],
  [/^\/sidebar\/$/, 'sidebar/chat/index.html'],
  [/^\/console\/$/, 'sidebar/console/index.html'],
  [/^\/s\/.+$/, 'sidebar/survey/index.html'],
]);

export type Served = { origin: string; close: () => Promise<void> };

function answerPage(pages: string, url: URL, response: ServerResponse): void {
  const { pathname, searchParams } = url;
  const file = [...FILES].find(([pattern]) => pattern.test(pathname));
  if (file) return sendFile(join(pages, pathname.replace(...file)), response);
  const next = pathname === '/auth/login' ? searchParams.get('next') : null;
  response.writeHead(next ? 302 : 404, next ? { location: next } : {}).end();
}

/** Serves the built pages as the real server does, over a scripted API, on a free port of 127.0.0.1. */
export async function servePages(pages: string, api: Api): Promise<Served> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/api/v1/')) void answerApi(api, request, response);
    else answerPage(pages, url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}
