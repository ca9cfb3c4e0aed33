import { randomUUID } from 'node:crypto';
import type { FollowUpInput } from '../../server/flows/follow-ups/log-follow-up.ts';

/** A follow-up as the sidebar sends it, with a request id of its own. */
export function aNote(more: Partial<FollowUpInput> = {}): FollowUpInput {
  return {
    requestId: randomUUID(),
    channel: 'call',
    outcome: null,
    level: null,
    participants: [],
    purpose: '回访',
    notes: '',
    promises: '',
    promised: [],
    standing: [],
    questions: [],
    answeredQuestionIds: [],
    nextStep: '',
    nextOn: null,
    ...more,
  };
}
