/** How a follow-up 跟进 took place. Source: domain.md §6. */
export const CHANNELS = ['chat', 'call', 'visit', 'meeting', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** On which level we spoke: 领导, 技术, 业务, 服务. Source: domain.md §6. */
export const TALK_LEVELS = ['leadership', 'technical', 'business', 'service'] as const;
export type TalkLevel = (typeof TALK_LEVELS)[number];

/** Whose side somebody was on. */
export const SIDES = ['ours', 'theirs'] as const;

/** Who took part, with their title; '' when nobody noted it. */
export type Participant = { side: (typeof SIDES)[number]; name: string; title: string };

/** The most characters of a message (UTF-16 units, as pages count) that is sent from the sidebar. */
export const MESSAGE_MOST = 1000;

/** So many characters of a sent message are kept: enough to tell what was sent. The whole of it stands in the chat. */
const MESSAGE_KEPT = 200;

/** What is kept of a sent message; '…' says that there was more. */
export function messageStart(text: string): string {
  const characters = [...text];
  return characters.length > MESSAGE_KEPT ? `${characters.slice(0, MESSAGE_KEPT).join('')}…` : text;
}
