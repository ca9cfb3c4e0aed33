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
