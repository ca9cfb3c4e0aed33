import type { FollowUpDraft, FollowUpSaved, Profile } from '../../../server/api/contract/profile.ts';

/** What a follow-up is about, and how it is sent. */
export type Talk = {
  /** Under which an unsaved draft waits. */
  key: string;
  subtitle: string;
  questions: Profile['questions'];
  promises: Profile['promises'];
  /** Who may have been spoken to; empty where that is known, or nobody is. */
  people: readonly { externalUserId: string; name: string }[];
  channel: FollowUpDraft['channel'];
  /** Said above the form; null: nothing. */
  note: string | null;
  /** May be repeated with the same `requestId`; `who`: '' for nobody in particular. */
  send: (body: FollowUpDraft, who: string) => Promise<FollowUpSaved>;
};
