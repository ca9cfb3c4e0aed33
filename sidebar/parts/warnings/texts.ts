import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { agoText } from '../days.ts';

/** How grave a warning is, in a word and in the tone of its chip. */
export const LEVEL: Readonly<Record<WarningView['level'], string>> = { high: '高', medium: '中', low: '低' };
export const LEVEL_TONE = { high: 'bad', medium: 'warn', low: 'plain' } as const;

/** Where a warning stands. */
export const WARNING_STATE: Readonly<Record<WarningView['state'], string>> = {
  open: '未处理',
  acknowledged: '处理中',
  resolved: '已解决',
};

/** Words around a warning. */
export const WARNING = {
  title: '预警',
  level: (level: WarningView['level']) => `${LEVEL[level]}风险`,
  handle: '处理',
  handleOf: (kindName: string) => `处理：${kindName}`,
  look: '查看',
  why: '为什么预警',
  boundary: '界线',
  heir: (name: string) => `建议转给 ${name}`,
  note: '备注（可不填）',
  noteHint: '打算怎么做，或已经做了什么',
  result: '处理结果',
  acknowledge: '我来处理',
  resolve: '已解决',
  resolved: '已标记为解决',
  acknowledged: '已记下，由您处理',
  noteMissing: '标记为已解决前，请写一句处理结果',
  saving: '正在保存',
  count: (count: number) => `${count} 条未解决`,
  more: (count: number) => `还有 ${count} 条`,
  failed: '预警没有读到',
  raised: (at: string) => `${agoText(at)}发现`,
  by: (name: string | null, at: string | null) =>
    name && at ? `${name} ${agoText(at)}开始处理` : '已有人处理',
  ended: (name: string | null, at: string | null) =>
    `${name ? `${name} ` : ''}${at ? agoText(at) : ''}${name ? '解决' : '自动解除'}`,
} as const;

/** Where a warning stands and since when, in one line. */
export function standText(warning: WarningView): string {
  if (warning.state === 'resolved')
    return WARNING.ended(warning.resolvedBy?.name ?? null, warning.resolvedAt);
  if (warning.state === 'acknowledged')
    return WARNING.by(warning.acknowledgedBy?.name ?? null, warning.acknowledgedAt);
  return WARNING.raised(warning.raisedAt);
}
