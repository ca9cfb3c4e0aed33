import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { sandboxId } from '../ids.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';
import { knownCustomer } from './find-people.ts';

/** The id by which the sandbox's only provider knows a customer. */
const providerIdOf = ({ state }: Platform, externalUserId: string) =>
  sandboxId(state.corp.seed, 'wm', `provider:${externalUserId}`);

const toProvider = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/to_service_external_userid',
  title: '企业的 external_userid 转为服务商的',
  fields: z.object({ external_userid: z.string() }),
  missing: { external_userid: 41035 },
  run: (platform, { external_userid: id }) => ({
    external_userid: providerIdOf(platform, knownCustomer(platform, id).externalUserId),
  }),
});

const fromProvider = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/from_service_external_userid',
  title: '服务商的 external_userid 转为企业的',
  fields: z.object({ external_userid: z.string(), source_agentid: z.coerce.string() }),
  missing: { external_userid: 41035 },
  run: (platform, { external_userid: id, source_agentid: agentId }) => {
    const { corp } = platform.state;
    if (agentId !== corp.agentId) throw new ApiError(40056);
    const person = corp.customers.find(({ externalUserId }) => providerIdOf(platform, externalUserId) === id);
    if (!person) throw new ApiError(40096);
    return { external_userid: person.externalUserId };
  },
});

/** Ids that nobody knows are left out. */
const renewed = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_new_external_userid',
  title: '转换客户 external_userid',
  empty: { items: [] },
  fields: z.object({ external_userid_list: z.array(z.string()).min(1).max(1000) }),
  missing: { external_userid_list: 41035 },
  run: (platform, { external_userid_list: asked }) => ({
    items: asked
      .filter((id) => platform.book.customer(id))
      .map((id) => ({ external_userid: id, new_external_userid: providerIdOf(platform, id) })),
  }),
});

/** Ids of customers between a corp and a provider. Source: wecom.md §3.16. */
export const providerIdApis = [toProvider, fromProvider, renewed];
