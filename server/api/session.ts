import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { endSessions } from '../flows/sessions/end-sessions.ts';
import { listSessions } from '../flows/sessions/list-sessions.ts';
import { listMembers } from '../flows/staff/list-members.ts';
import { signPage } from '../flows/staff/sign-page.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import {
  GetAgentConfig,
  GetMe,
  GetMembers,
  GetSessions,
  PostEndOwnSessions,
  PostEndSessions,
} from './contract/session.ts';

/** Who is signed in, how that is ended everywhere, and signatures for pages inside WeCom. */
export const sessionRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/me',
      apiEndpoint(context, GetMe, async (_input, { caller }) => {
        const { corpId, agentId } = context.site;
        return { staffId: caller.staffId, name: caller.name, role: caller.role, corpId, agentId };
      }),
    )
    .get(
      '/members',
      apiEndpoint(context, GetMembers, () => listMembers(context)),
    )
    .get(
      '/sessions',
      apiEndpoint(context, GetSessions, async () => ({ members: await listSessions(context) })),
    )
    .post(
      '/me/sessions/end',
      apiEndpoint(context, PostEndOwnSessions, async (_input, { caller: { staffId } }) => ({
        ended: await endSessions(context, { staffId, by: staffId, why: 'everywhere' }),
      })),
    )
    .post(
      '/members/:staffId/sessions/end',
      apiEndpoint(context, PostEndSessions, async ({ params: { staffId } }, { caller }) => ({
        ended: await endSessions(context, { staffId, by: caller.staffId, why: 'by_admin' }),
      })),
    )
    .get(
      '/js-sdk/agent-config',
      apiEndpoint(context, GetAgentConfig, ({ query }) => signPage(context, query.url)),
    );
