import type { SentMessage } from '../../server/api/contract/messages.ts';
import type { FollowUpDraft, FollowUpSaved, Profile } from '../../server/api/contract/profile.ts';
import type { DueList } from '../../server/api/contract/due.ts';
import type { PushCheck } from '../../server/api/contract/push-check.ts';
import { call } from '../parts/api.ts';

const contact = (externalUserId: string) => `/contacts/${encodeURIComponent(externalUserId)}`;

/** The caller's accounts that are due, at most `limit` of them, the most urgent first. */
export const readDue = (limit: number) => call<DueList>(`/due?limit=${limit}`);
/** The card of one contact; 403 when it is not theirs, 404 when it is not known yet. */
export const readProfile = (externalUserId: string) => call<Profile>(`${contact(externalUserId)}/profile`);

/** May be repeated with the same `requestId`. */
export const saveFollowUp = (externalUserId: string, draft: FollowUpDraft) =>
  call<FollowUpSaved>(`${contact(externalUserId)}/follow-ups`, draft);

/** Whether another message would come too soon, by what everybody did so far. */
export const checkPush = (externalUserId: string) => call<PushCheck>(`${contact(externalUserId)}/push-check`);

/** Tells that a message was sent; may be repeated with the same `requestId`. */
export const reportMessage = (externalUserId: string, sent: SentMessage) =>
  call<FollowUpSaved>(`${contact(externalUserId)}/messages`, sent);
