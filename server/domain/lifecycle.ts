/** The eight stages 客户八阶段, lowest first. Source: domain.md §5. */
export const STAGES = [
  'suspect', // 猜想
  'prospect', // 预期
  'first_purchase', // 首次成交
  'repeat', // 重复购买
  'long_term', // 长期
  'advocate', // 拥护者
  'strategic_partner', // 战略合作
  'partner', // 合伙人
] as const;
export type Stage = (typeof STAGES)[number];
