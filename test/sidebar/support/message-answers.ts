import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { SentMessage } from '../../../server/api/contract/messages.ts';
import type { FollowUpSaved } from '../../../server/api/contract/profile.ts';
import type { PushCheck } from '../../../server/api/contract/push-check.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the sidebar asks before it sends a message, and tells after it. */
export type MessageApi = {
  checkPush: (externalUserId: string) => Reply<PushCheck>;
  reportMessage: (externalUserId: string, sent: SentMessage) => Reply<FollowUpSaved>;
};

export const MESSAGE_DOORS: Door<MessageApi>[] = [
  [/^GET \/api\/v1\/contacts\/(.+)\/push-check$/, (api, id) => api.checkPush(id)],
  [
    /^POST \/api\/v1\/contacts\/(.+)\/messages$/,
    async (api, id, request: IncomingMessage) => api.reportMessage(id, (await json(request)) as SentMessage),
  ],
];

/** Nobody was spoken to lately, and every message moves the next date to 26 November. */
export const anEagerChat = (): MessageApi => ({
  checkPush: () => ({
    isTooSoon: false,
    welcomeFrom: '2026-11-12',
    lastTouchAt: '2026-11-10T07:20:00.000Z',
  }),
  reportMessage: (_id, { requestId }) => ({
    id: requestId,
    cadence: {
      state: 'too_soon',
      reason: 'interval',
      dueOn: '2026-11-26',
      overdueWorkingDays: 0,
      welcomeFrom: '2026-11-24',
      lastTouchAt: '2026-11-22T02:00:00.000Z',
      lastSignAt: null,
      owed: [{ reason: 'interval', dueOn: '2026-11-26', overdueWorkingDays: 0 }],
      escalation: 'none',
      intervalDays: 7,
      minGapDays: 2,
    },
  }),
});
