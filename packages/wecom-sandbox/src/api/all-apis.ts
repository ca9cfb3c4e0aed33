import { acquisitionLinkApis } from './acquisition-links.ts';
import { appChatApis } from './app-chats.ts';
import { batchCustomerApis } from './batch-customers.ts';
import { behaviourApis } from './behaviour.ts';
import { contactWayApis } from './contact-ways.ts';
import { customerApis } from './customers.ts';
import type { Api } from './define-api.ts';
import { departmentApis } from './departments.ts';
import { groupStatisticApis } from './group-statistics.ts';
import { groupApis } from './groups.ts';
import { identityApis } from './identity.ts';
import { joinWayApis } from './join-ways.ts';
import { linkFigureApis } from './link-figures.ts';
import { markTagApis } from './mark-tags.ts';
import { massMessageApis } from './mass-messages.ts';
import { massResultApis } from './mass-results.ts';
import { mediaApis } from './media.ts';
import { messageApis } from './messages.ts';
import { momentResultApis } from './moment-results.ts';
import { momentApis } from './moments.ts';
import { oauthApis } from './oauth.ts';
import { providerIdApis } from './provider-ids.ts';
import { remarkApis } from './remark-customer.ts';
import { servedContactApis } from './served-contacts.ts';
import { staffApis } from './staff.ts';
import { strategyApis } from './strategies.ts';
import { strategyTagApis } from './strategy-tags.ts';
import { tagApis } from './tags.ts';
import { tokenApis } from './token.ts';
import { transferCustomerApis } from './transfer-customers.ts';
import { transferGroupApis } from './transfer-groups.ts';
import { transferResultApis } from './transfer-results.ts';
import { updateCardApis } from './update-card.ts';
import { uploadByUrlApis } from './upload-by-url.ts';
import { welcomeApis } from './welcome-message.ts';
import { welcomeTemplateApis } from './welcome-templates.ts';

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
    ...contactWayApis,
    ...groupApis,
    ...joinWayApis,
    ...groupStatisticApis,
    ...welcomeTemplateApis,
    ...transferCustomerApis,
    ...transferResultApis,
    ...transferGroupApis,
    ...behaviourApis,
    ...momentApis,
    ...momentResultApis,
    ...acquisitionLinkApis,
    ...linkFigureApis,
    ...updateCardApis,
    ...appChatApis,
    ...mediaApis,
    ...uploadByUrlApis,
    ...identityApis,
    ...providerIdApis,
    ...servedContactApis,
    ...strategyApis,
    ...strategyTagApis,
  ].map((api) => [api.path, api]),
);
