import type { Platform } from './platform.ts';
import { unixNow } from './platform.ts';
import { nextId } from './state.ts';
import type { LinkCard, PersonId } from './state.ts';

/** Writes a line into both people's chat list. */
export function sayInChat(
  platform: Platform,
  line: { from: PersonId; to: PersonId; text: string; links?: LinkCard[] },
): void {
  const { state, now } = platform;
  state.messages.push({
    links: [],
    ...line,
    id: nextId(state, 'chat'),
    at: now().toISOString(),
    kind: 'chat',
  });
}

/** Notes that the two have talked, after which no welcome message is accepted any more. */
export function noteTalk(platform: Platform, people: { userid: string; externalUserId: string }): void {
  const relation = platform.book.relation(people.userid, people.externalUserId);
  if (relation) relation.talkedAt = unixNow(platform);
}
