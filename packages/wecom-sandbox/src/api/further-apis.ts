import { acquisitionLinkApis } from './acquisition-links.ts';
import { appChatApis } from './app-chats.ts';
import { behaviourApis } from './behaviour.ts';
import { contactWayApis } from './contact-ways.ts';
import type { Api } from './define-api.ts';
import { groupStatisticApis } from './group-statistics.ts';
import { groupApis } from './groups.ts';
import { identityApis } from './identity.ts';
import { joinWayApis } from './join-ways.ts';
import { linkFigureApis } from './link-figures.ts';
import { mediaApis } from './media.ts';
import { momentResultApis } from './moment-results.ts';
import { momentApis } from './moments.ts';
import { providerIdApis } from './provider-ids.ts';
import { servedContactApis } from './served-contacts.ts';
import { strategyApis } from './strategies.ts';
import { strategyTagApis } from './strategy-tags.ts';
import { transferCustomerApis } from './transfer-customers.ts';
import { transferGroupApis } from './transfer-groups.ts';
import { transferResultApis } from './transfer-results.ts';
import { updateCardApis } from './update-card.ts';
import { uploadByUrlApis } from './upload-by-url.ts';
import { welcomeTemplateApis } from './welcome-templates.ts';

/** The API families besides customers, tags, staff and messages. */
export const furtherApis: readonly Api[] = [
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
];
