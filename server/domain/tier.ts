/** The pyramid 金字塔: 头部 head, 腰部 waist, 尾部 tail; accounts without revenue are 未分层 unrated. Source: domain.md §3. */
export const TIERS = ['head', 'waist', 'tail', 'unrated'] as const;
export type Tier = (typeof TIERS)[number];
