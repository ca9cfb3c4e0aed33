import type { AxiosInstance } from 'axios';
import { createWecomCall } from './call.ts';
import { createContactsApi } from './contacts.ts';
import { createJsSdkApi } from './js-sdk.ts';
import { createCustomerMessages, createStaffMessages } from './messages.ts';
import { createOauthApi } from './oauth.ts';
import { createStaffApi } from './staff.ts';
import { createTagsApi } from './tags.ts';
import { createTokenKeeper, type TokenShelf } from './token.ts';

/** The corp and app for which we call; `contactSecret` differs from `agentSecret` only in old corps (wecom.md §3.0). */
export type WecomIdentity = {
  corpId: string;
  agentId: string;
  agentSecret: string;
  contactSecret: string;
  oauthUrl: string;
};

export type Wecom = ReturnType<typeof createWecom>;

/** Every API family, sharing tokens through `shelf`. */
export function createWecom(http: AxiosInstance, shelf: TokenShelf, identity: WecomIdentity) {
  const tokensOf = (name: string, secret: string) =>
    createTokenKeeper({ http, shelf, corpId: identity.corpId, secret, name });
  const tokens = tokensOf(`agent-${identity.agentId}`, identity.agentSecret);
  const app = createWecomCall({ http, tokens });
  const isOneSecret = identity.contactSecret === identity.agentSecret;
  const customer = isOneSecret
    ? app
    : createWecomCall({ http, tokens: tokensOf('contact', identity.contactSecret) });
  return {
    /** The app's token, as a sign that corp id and secret are right. */
    token: () => tokens.current(),
    contacts: createContactsApi(customer),
    tags: createTagsApi(customer),
    staff: { ...createStaffApi(app), followers: createStaffApi(customer).followers },
    messages: { ...createStaffMessages(app, Number(identity.agentId)), ...createCustomerMessages(customer) },
    oauth: createOauthApi(app, identity),
    jsSdk: createJsSdkApi(app, shelf, identity),
  };
}
