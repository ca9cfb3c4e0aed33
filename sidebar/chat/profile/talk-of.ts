import type { Profile } from '../../../server/api/contract/profile.ts';
import type { Talk } from '../../parts/follow-up/talk.ts';
import { FOLLOW_UP } from '../../parts/follow-up/texts.ts';
import { saveFollowUp } from '../api.ts';

/** What a follow-up with the contact of a profile is about. */
export function talkOf({ contact, account, cadence, questions, promises }: Profile): Talk {
  return {
    key: contact.externalUserId,
    subtitle: `${contact.name} · ${account.name}`,
    questions,
    promises,
    people: [],
    channel: 'chat',
    note: cadence.state === 'too_soon' ? FOLLOW_UP.tooSoon(cadence.welcomeFrom) : null,
    send: (body) => saveFollowUp(contact.externalUserId, body),
  };
}
