import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listMembers } from '../flows/staff/list-members.ts';
import { signPage } from '../flows/staff/sign-page.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetAgentConfig, GetMe, GetMembers } from './contract/session.ts';

/** Who is signed in, and signatures for pages inside WeCom. */
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
      '/js-sdk/agent-config',
      endpoint(GetAgentConfig, ({ query }) => signPage(context, query.url)),
    );
