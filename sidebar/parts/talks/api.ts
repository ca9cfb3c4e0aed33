import type { ClosureInput, Correction, PromiseSettlement } from '../../../server/api/contract/follow-ups.ts';
import type { FollowUpSaved } from '../../../server/api/contract/profile.ts';
import { call } from '../api.ts';

/** What is corrected, taken back or settled, and of which account. */
type Thing = { accountId: string; id: string };

const pathOf = (shelf: string, { accountId, id }: Thing) =>
  `/accounts/${encodeURIComponent(accountId)}/${shelf}/${encodeURIComponent(id)}`;

/** By its author, for 24 hours; the whole of its words. */
export const correctFollowUp = (thing: Thing, words: Correction) =>
  call<FollowUpSaved>(`${pathOf('follow-ups', thing)}/correct`, words);

/** By its author, for 24 hours, with all that followed from it. */
export const takeBackFollowUp = (thing: Thing) =>
  call<FollowUpSaved>(`${pathOf('follow-ups', thing)}/take-back`, {});

export const settlePromise = (thing: Thing, wish: PromiseSettlement) =>
  call<FollowUpSaved>(`${pathOf('promises', thing)}/settle`, wish);

/** Undoes the caller's own answer of just now. */
export const reopenQuestion = (thing: Thing) =>
  call<FollowUpSaved>(`${pathOf('questions', thing)}/reopen`, {});

export const closeDetractor = (thing: Thing, note: ClosureInput) =>
  call<FollowUpSaved>(`${pathOf('detractors', thing)}/close`, note);
