import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import type { PlaybookView } from '../../../server/api/contract/playbook.ts';
import { call } from '../api.ts';

/** What an account is to us, each with its why. */
export const readClassification = (accountId: string) =>
  call<ClassificationView>(`/accounts/${encodeURIComponent(accountId)}/classification`);

/** How a tier is served; nothing for who is unrated. */
export const readPlaybook = (tier: PlaybookView['tier']) => call<PlaybookView>(`/playbook/${tier}`);
