import { Router } from '@koa/router';
import Koa from 'koa';
import compress from 'koa-compress';
import mount from 'koa-mount';
import { apiKeyRoutes } from './api/api-keys.ts';
import { accountRowRoutes } from './api/account-rows.ts';
import { accountRoutes } from './api/accounts.ts';
import { auditRoutes } from './api/audit.ts';
import { auditRequests } from './api/audit-requests.ts';
import { authRoutes } from './api/auth.ts';
import { API_PREFIX, type Signed } from './api/caller.ts';
import { createCallers } from './api/callers.ts';
import { classificationRoutes } from './api/classification.ts';
import { channelRoutes } from './api/channels.ts';
import { complaintRoutes } from './api/complaints.ts';
import { contractRoutes } from './api/contracts.ts';
import { consoleRoutes, type BeginSync } from './api/console.ts';
import { dealRoutes } from './api/deals.ts';
import { doctorRoutes } from './api/doctor.ts';
import { exportRoutes } from './api/exports.ts';
import { followUpRoutes } from './api/follow-ups.ts';
import { promiseRoutes } from './api/promises.ts';
import { healthRoutes } from './api/health.ts';
import { kdmRoutes } from './api/kdm.ts';
import { kdmRowRoutes } from './api/kdm-rows.ts';
import { openapiRoutes } from './api/openapi.ts';
import { orderRoutes } from './api/orders.ts';
import { pageRoutes } from './api/pages.ts';
import { permit } from './api/permit.ts';
import { playbookRoutes } from './api/playbook.ts';
import { profileRoutes } from './api/profile.ts';
import { sessionRoutes } from './api/session.ts';
import { settingsRoutes } from './api/settings.ts';
import { recogniseInWeChat, surveyDoorRoutes } from './api/survey-door.ts';
import { surveyRoutes } from './api/survey.ts';
import { taskRoutes } from './api/tasks.ts';
import { transferRoutes } from './api/transfers.ts';
import { pushCheckRoutes } from './api/push-check.ts';
import { absenceRoutes } from './api/absences.ts';
import { warningRoutes } from './api/warnings.ts';
import { webhookRoutes } from './api/webhooks.ts';
import type { EventQueue } from './callback/queue.ts';
import { callbackRoutes } from './callback/route.ts';
import { workOnEvent } from './callback/work-on-event.ts';
import type { Context } from './context.ts';
import type { ReadJobs } from './context.ts';
import { watchForProxies } from './http/client-address.ts';
import type { Patience } from './http/deadline.ts';
import { limitCallers } from './http/limit-rate.ts';
import { logRequests } from './http/log-requests.ts';
import { readBody } from './http/read-body.ts';
import { readCaller, sameOriginOnly } from './http/read-caller.ts';
import { reportErrors } from './http/report-errors.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createSessions, type Sessions } from './http/sessions.ts';
import { endWaiting, limitStrangers, open, perAddress } from './api/request-limits.ts';
import { warnOfProxy } from './api/warn-of-proxy.ts';
import { createVisitors, type Visitors } from './http/visitors.ts';
import type { CallbackKeys } from './wecom/client/crypto.ts';

/** What the server is built of. `before` answer first, in their order (the sandbox's own pages); `pagesDir` holds the built pages. */
export type AppParts = {
  context: Context;
  keys: CallbackKeys;
  queue: EventQueue;
  pagesDir: string;
  /** Begins a synchronisation by hand; left out where none can be begun. */
  beginSync?: BeginSync;
  /** How the jobs stand; left out where nobody knows which there are. */
  readJobs?: ReadJobs;
  before?: readonly Koa.Middleware[];
  patience?: Partial<Patience>;
};

/** What a connection sends before it waits for the first acknowledgement: ten segments (RFC 6928). Less is not worth packing. */
const FIRST_FLIGHT_BYTES = 14_000;

/** The whole server on one screen. */
export function createApp(parts: AppParts): Koa {
  const { context, keys, queue, pagesDir, before = [], patience = {} } = parts;
  const { log, metrics, site, now } = context;
  const app = new Koa({ proxy: site.trustedProxies > 0, maxIpsCount: site.trustedProxies });
  const cookies = { isSecure: site.publicUrl.startsWith('https:'), now };
  const sessions = createSessions(context.signer, cookies);
  const visitors = createVisitors(context.signer, cookies);

  app.on('error', (error: unknown) => log.debug({ error }, 'the caller went away'));
  app.use(
    logRequests(log, (labels, seconds) =>
      metrics.http.observe({ ...labels, status: String(labels.status) }, seconds),
    ),
  );
  app.use(reportErrors(log));
  app.use(endWaiting(context, patience));
  if (site.trustedProxies === 0) app.use(watchForProxies(() => warnOfProxy(context)));
  app.use(callbackRoutes(context, { keys, queue }).routes());
  app.use(open(context, 'health', healthRoutes(context)));
  app.use(
    compress({
      threshold: FIRST_FLIGHT_BYTES,
      br: false,
      filter: (type) => /html|css|javascript|json|svg/.test(type),
    }),
  );
  for (const each of before) app.use(each);
  app.use(securityHeaders());
  app.use(recogniseInWeChat(context, visitors));
  const { files, pages } = pageRoutes(pagesDir, site.verifyFile);
  app.use(mount('/static', perAddress(context, 'files')));
  app.use(files);
  app.use(open(context, 'pages', pages));
  app.use(open(context, 'sign-in', authRoutes(context, sessions)));
  app.use(open(context, 'survey', surveyDoorRoutes(context, { sessions, visitors })));

  app.use(apiRoutes(context, { sessions, visitors, ...handsOf(parts) }).routes());
  app.use(perAddress(context, 'nowhere'));
  return app;
}

const nowhere: BeginSync = async () => 'busy';

const handsOf = ({ beginSync = nowhere, readJobs }: AppParts): Hands => ({
  beginSync,
  readJobs: readJobs ?? null,
});

/** Routes that take many rows at once. */
const BULK = ['/accounts', '/orders', '/contracts', '/payments', '/contacts/kdm'];

type Hands = { beginSync: BeginSync; readJobs: ReadJobs | null };
type ApiParts = { sessions: Sessions; visitors: Visitors } & Hands;

/** Everything below /api/v1. Surveys and the description are open; the rest needs a session or a key, and that the route's shape names who asks. */
function apiRoutes(context: Context, { sessions, visitors, beginSync, readJobs }: ApiParts): Router {
  const { site, rates } = context;
  const api = new Router({ prefix: API_PREFIX });
  api.use(sameOriginOnly(site.publicUrl));
  api.use(surveyRoutes(context, visitors).routes());
  const description = { cookie: sessions.cookie, limit: perAddress(context, 'description') };
  api.use(openapiRoutes(() => api.stack, description).routes());
  const signed = new Router<Signed>();
  signed.use(
    limitStrangers(context),
    readCaller<Signed['caller']>(sessions, createCallers(context), rates),
    limitCallers<Signed['caller']>(rates),
    auditRequests(context),
    permit,
    readBody(new Set(BULK.map((path) => `${API_PREFIX}${path}`))),
  );
  signed.use(sessionRoutes(context).routes(), profileRoutes(context).routes(), kdmRoutes(context).routes());
  signed.use(followUpRoutes(context).routes(), taskRoutes(context).routes());
  signed.use(doctorRoutes(context, readJobs).routes(), transferRoutes(context).routes());
  signed.use(classificationRoutes(context).routes(), accountRoutes(context).routes());
  signed.use(dealRoutes(context).routes(), promiseRoutes(context).routes());
  signed.use(apiKeyRoutes(context).routes(), orderRoutes(context).routes());
  signed.use(contractRoutes(context).routes(), kdmRowRoutes(context).routes());
  signed.use(accountRowRoutes(context).routes(), exportRoutes(context).routes());
  signed.use(webhookRoutes(context).routes());
  signed.use(consoleRoutes(context, { workOn: (id) => workOnEvent(context, id), beginSync }).routes());
  signed.use(
    settingsRoutes(context).routes(),
    playbookRoutes(context).routes(),
    auditRoutes(context, () => api.stack).routes(),
  );
  signed.use(warningRoutes(context).routes(), pushCheckRoutes(context).routes());
  signed.use(
    absenceRoutes(context).routes(),
    complaintRoutes(context).routes(),
    channelRoutes(context).routes(),
  );
  api.use(signed.routes());
  return api;
}
