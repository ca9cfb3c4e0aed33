import type { Profile } from '../../server/api/contract/profile.ts';
import type { DueList } from '../../server/api/contract/due.ts';
import type { Problem } from './problem.ts';

/**
 * What the page shows, with all it needs: no half-loaded screen exists. `leaving`: on the way to sign in; `canSend`: the chat
 * with this customer is open and takes messages; `isOtherChat`: another customer's chat is open beside it; `limit`: so many
 * were asked for.
 */
export type View =
  | { is: 'waiting' }
  | { is: 'leaving' }
  | { is: 'profile'; profile: Profile; canSend: boolean; isOtherChat: boolean }
  | { is: 'due'; due: DueList; limit: number }
  | { is: 'failed'; problem: Problem };
