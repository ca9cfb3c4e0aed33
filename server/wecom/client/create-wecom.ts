import type { AxiosInstance } from 'axios';
import { createAppChatsApi } from '../api/app-chats.ts';
import { createWecomCall } from './call.ts';
import { createContactWaysApi } from '../api/contact-ways.ts';
import { createContactsApi } from '../api/contacts.ts';
import { createGate, type GateOptions } from './create-gate.ts';
import { createCustomerMessages } from '../api/customer-messages.ts';
import { createGroupWelcomesApi } from '../api/group-welcomes.ts';
import { createGroupsApi } from '../api/groups.ts';
import { createJoinWaysApi } from '../api/join-ways.ts';
import { createJsSdkApi } from '../api/js-sdk.ts';
import { createMassMessagesApi } from '../api/mass-messages.ts';
import { createMediaApi } from '../api/media.ts';
import { createStaffMessages } from '../api/messages.ts';
import { createMomentsApi } from '../api/moments.ts';
import { createOauthApi } from '../api/oauth.ts';
import type { CacheStore } from './cache-store.ts';
import { createStaffApi } from '../api/staff.ts';
import { createStatisticsApi } from '../api/statistics.ts';
import { createTagsApi } from '../api/tags.ts';
import { createTokenCache } from './token.ts';
import { createTransfersApi } from '../api/transfers.ts';
import { watchReach } from './reach.ts';
import { UNWATCHED } from './watch.ts';

/** The corp and app for which we call; `contactSecret` differs from `agentSecret` only in old corps (wecom.md §3.0). */
export type WecomIdentity = {
  corpId: string;
  agentId: string;
  agentSecret: string;
  contactSecret: string;
  oauthUrl: string;
};

export type Wecom = ReturnType<typeof createWecom>;

/** Every API family, sharing tokens, budgets and shut APIs through `shelf`. */
export function createWecom(http: AxiosInstance, shelf: CacheStore, identity: WecomIdentity & GateOptions) {
  const reach = watchReach(identity.watch ?? UNWATCHED);
  const gate = createGate({ http, shelf, ...identity, watch: reach.watch });
  const tokensOf = (name: string, secret: string) =>
    createTokenCache({ ...gate, shelf, corpId: identity.corpId, secret, name });
  const tokens = tokensOf(`agent-${identity.agentId}`, identity.agentSecret);
  const app = createWecomCall(gate, tokens);
  const isOneSecret = identity.contactSecret === identity.agentSecret;
  const customer = isOneSecret ? app : createWecomCall(gate, tokensOf('contact', identity.contactSecret));
  return {
    /** A sign of life without a call of its own while there is a token. @throws why there is none */
    sign: async () => {
      reach.check();
      await tokens.current();
    },
    /** Runs `work`; every call inside ends by then, and repeats itself in the background until then. */
    within: gate.deadlines.within,
    contacts: createContactsApi(customer),
    tags: createTagsApi(customer),
    staff: { ...createStaffApi(app), followers: createStaffApi(customer).followers },
    messages: { ...createStaffMessages(app, Number(identity.agentId)), ...createCustomerMessages(customer) },
    massMessages: createMassMessagesApi(customer),
    groups: createGroupsApi(customer),
    transfers: createTransfersApi(customer),
    oauth: createOauthApi(app, identity),
    contactWays: createContactWaysApi(customer),
    joinWays: createJoinWaysApi(customer),
    groupWelcomes: createGroupWelcomesApi(customer),
    moments: createMomentsApi(customer),
    statistics: createStatisticsApi(customer),
    appChats: createAppChatsApi(app),
    media: createMediaApi(app, { ...gate, http, tokens, shelf, corpId: identity.corpId }),
    jsSdk: createJsSdkApi(app, shelf, identity),
  };
}
