import { dayOf, dayText } from '../../parts/days.ts';

/** Words of the pyramid 金字塔. */
export const SHAPE = {
  title: '客户金字塔',
  none: '还没有计算过分层，下一次夜间计算后会有结果',
  at: (instant: string) => `${dayText(dayOf(new Date(instant)))}计算`,
  from: (yuan: string) => `${yuan} 起`,
  below: (yuan: string) => `不到 ${yuan}`,
  share: (percent: number | null) => (percent === null ? '没有金额' : `占金额 ${percent}%`),
  usual: (percent: number) => `（通常约 ${percent}%）`,
  top: (first: number, percent: number) => `前 ${first}% 的客户带来 ${percent}% 的金额`,
} as const;
