import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { endSessions } from '../flows/sessions/end-sessions.ts';
import { listSessions } from '../flows/sessions/list-sessions.ts';
import { listMembers } from '../flows/staff/list-members.ts';
import { signPage } from '../flows/staff/sign-page.ts';
import { endpoint } from '../http/endpoint.ts';
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
      endpoint(GetMe, async (_input, { caller }: Signed) => {
        const { corpId, agentId } = context.site;
        return { staffId: caller.staffId, name: caller.name, role: caller.role, corpId, agentId };
      }),
    )
    .get(
      '/members',
      endpoint(GetMembers, () => listMembers(context)),
    )
    .get(
      '/sessions',
      endpoint(GetSessions, async () => ({ members: await listSessions(context) })),
    )
    .post(
      '/me/sessions/end',
      endpoint(PostEndOwnSessions, async (_input, { caller: { staffId } }: Signed) => ({
        ended: await endSessions(context, { staffId, by: staffId, why: 'everywhere' }),
      })),
    )
    .post(
      '/members/:staffId/sessions/end',
      endpoint(PostEndSessions, async ({ params: { staffId } }, { caller }: Signed) => ({
        ended: await endSessions(context, { staffId, by: caller.staffId, why: 'by_admin' }),
      })),
    )
    .get(
      '/js-sdk/agent-config',
      endpoint(GetAgentConfig, ({ query }) => signPage(context, query.url)),
    );
