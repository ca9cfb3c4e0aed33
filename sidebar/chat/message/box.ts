import { createBox } from '../../parts/keep.ts';

/**
 * The message as it is typed; `isSent`: it stands in the chat, and our server has yet to hear of it under this `requestId`;
 * `answersId`: the question that it answers.
 */
export type Draft = { requestId: string; text: string; isSent: boolean; answersId?: string | null };

/** Where a message waits that was not sent, or not recorded, yet; it dies with the tab. */
export const messageBox = (externalUserId: string) =>
  createBox<Draft>(() => sessionStorage, `genjin.message.${externalUserId}`);
