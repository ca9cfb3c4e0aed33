/** How a follow-up 跟进 took place. Source: domain.md §6. */
export const CHANNELS = ['chat', 'call', 'visit', 'meeting', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];
