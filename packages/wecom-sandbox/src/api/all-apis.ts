import { batchCustomerApis } from './batch-customers.ts';
import { customerApis } from './customers.ts';
import type { Api } from './define-api.ts';
import { departmentApis } from './departments.ts';
import { furtherApis } from './further-apis.ts';
import { markTagApis } from './mark-tags.ts';
import { massMessageApis } from './mass-messages.ts';
import { massResultApis } from './mass-results.ts';
import { messageApis } from './messages.ts';
import { oauthApis } from './oauth.ts';
import { remarkApis } from './remark-customer.ts';
import { staffApis } from './staff.ts';
import { tagApis } from './tags.ts';
import { tokenApis } from './token.ts';
import { welcomeApis } from './welcome-message.ts';

/** Every API that the sandbox knows, by path. */
export const APIS: ReadonlyMap<string, Api> = new Map(
  [
    ...tokenApis,
    ...oauthApis,
    ...departmentApis,
    ...staffApis,
    ...customerApis,
    ...batchCustomerApis,
    ...remarkApis,
    ...tagApis,
    ...markTagApis,
    ...messageApis,
    ...welcomeApis,
    ...massMessageApis,
    ...massResultApis,
    ...furtherApis,
  ].map((api) => [api.path, api]),
);
