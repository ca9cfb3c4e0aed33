import { yuanText } from '../../parts/yuan.ts';
import type { Channel, Sums } from './api.ts';

/** Words of the report about channels. */
export const CHANNEL = {
  title: '渠道',
  lead: '每个渠道带来了多少联系人、客户、订单和收入。每家客户只算一次，算在它最初来的渠道。',
  since: '从何时起认识的客户',
  empty: '这段时间没有新客户',
  emptyHint: '选一个更早的日期再看。',
  total: '全部渠道',
  code: (code: string, name: string) => (code === name ? '渠道活码' : `渠道活码 ${code}`),
  note: '名称和花费',
  noteOf: (name: string) => `名称和花费：${name}`,
  noteHint: '保存在「设置 · 获客渠道」里，全公司看到的都一样。',
  name: '名称',
  nameHint: '不填就显示活码的 state',
  cost: '花费（元）',
  costHint: '不填：没有记录',
  costWrong: '花费要填 0 或更大的金额，最多两位小数',
  save: '保存',
  saved: '已保存',
  faster(by: string, now: { name: string; costFen: number } | null) {
    const said = now ? `名称“${now.name || '（不填）'}”，花费 ${yuanText(now.costFen)}` : '没有记录';
    return `${by || '有人'} 刚刚改过这个渠道，现在是：${said}。您的修改还没有保存；再按一次“保存”会覆盖它。`;
  },
  paid: (yuan: string) => `每花 1 元带来收入 ${yuan}`,
} as const;

/** The figures of a channel in the order of the way: who came, who bought, what it brought and what it cost. */
export const figuresOf = ({ contacts, accounts, buyers, orders, revenueFen, costFen }: Sums) => [
  { name: '联系人', text: contacts.toLocaleString('zh-CN') },
  { name: '客户', text: accounts.toLocaleString('zh-CN') },
  { name: '成交客户', text: buyers.toLocaleString('zh-CN') },
  { name: '订单', text: orders.toLocaleString('zh-CN') },
  { name: '收入', text: yuanText(revenueFen) },
  { name: '花费', text: costFen === null ? '—' : yuanText(costFen) },
];

/** What came in for each yuan that was spent on this channel; '' while no cost is known. */
export function paidText({ revenueFen, costFen }: Channel): string {
  if (!costFen) return '';
  const rate = (revenueFen / costFen).toLocaleString('zh-CN', { maximumFractionDigits: 1 });
  return CHANNEL.paid(`¥${rate}`);
}

/** A cost as it was typed, in fen; `null`: empty; NaN: no amount. */
export function fenOf(typed: string): number | null {
  const text = typed.trim().replaceAll(/[,，]/g, '');
  if (text === '') return null;
  return /^\d{1,12}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;
}
