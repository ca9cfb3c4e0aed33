/** How a follow-up 跟进 took place. Source: domain.md §6. */
export const CHANNELS = ['chat', 'call', 'visit', 'meeting', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** On which level it took place: 领导, 技术, 业务, 服务. */
export const TALK_LEVELS = ['leadership', 'technical', 'business', 'service'] as const;
export type TalkLevel = (typeof TALK_LEVELS)[number];
