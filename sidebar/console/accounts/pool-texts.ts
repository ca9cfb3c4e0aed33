import type { AccountView } from '../../../server/api/contract/accounts.ts';

/** How accounts of the pool find their owners. */
export const STRATEGY = {
  manual: '指定一位',
  round_robin: '轮流',
  least_loaded: '给客户最少的',
  by_region: '按地区',
  by_product: '按产品',
} as const;

/** Words of what the pool is shared out by. */
export const SHARE = {
  region: {
    title: '每个地区给谁（多位用、隔开）',
    hint: '',
    takersOf: (region: string) => `${region || '这个地区'}给谁`,
    add: '添加地区',
    name: '地区',
    none: '选中的客户都没有填写地区',
    rest: '其他地区还可以给谁（可不填，每行一位）',
    restHint: '没有写到的地区，给以上所有人里名下客户最少的',
  },
  product: {
    title: '每个产品给谁（多位用、隔开）',
    hint: '看最新一个未结束的商机；没有商机，看最近一笔订单。',
    takersOf: (product: string) => `${product || '这个产品'}给谁`,
    add: '添加产品',
    name: '产品',
    none: '选中的客户都没有写明产品的商机或订单',
    rest: '其他产品还可以给谁（可不填，每行一位）',
    restHint: '没有写到的产品和没有产品的客户，给以上所有人里名下客户最少的',
  },
} as const;

/** Words of choosing accounts of the pool, and of what would become of them. */
export const POOL = {
  find: '按名称、地区、产品或原负责人筛选',
  all: (count: number) => `全选（${count} 家）`,
  pick: (name: string) => `选择 ${name}`,
  chosen: (count: number) => `已选 ${count} 家`,
  hidden: (count: number) => `其中 ${count} 家不在当前筛选里`,
  nothing: '没有符合的待分配客户',
  assign: (count: number) => (count > 0 ? `分配选中的 ${count} 家` : '分配客户'),
  title: (count: number) => `分配 ${count} 家客户`,
  preview: '预览分配结果',
  previewTitle: '预览：还没有分配',
  previewHint: '核对后再确认；改动上面的选择要重新预览。',
  share: (name: string, count: number) => `${name}：${count} 家`,
  skipped: (count: number) => `不分配 ${count} 家（已有负责人或已定接手人）`,
  names: (names: readonly string[]) => names.join('、'),
  confirm: (count: number) => `确认分配 ${count} 家`,
} as const;

type AssignWhy = NonNullable<AccountView['history'][number]['assigned']>;

const DEAL = { opportunity: '商机', order: '订单' } as const;

/** Why an account of the pool went to this member. */
export function assignedText(why: AssignWhy): string {
  const had = why.accountCount === null ? '' : `，当时名下 ${why.accountCount} 家`;
  const deal = why.product ? `（${DEAL[why.product.from]} ${why.product.dealId}）` : '';
  return WHY[why.strategy](why, deal) + had;
}

const LEAST = '分给客户最少的成员';
const WHY: Record<AssignWhy['strategy'], (why: AssignWhy, deal: string) => string> = {
  manual: () => '指定分配',
  round_robin: () => '轮流分配',
  least_loaded: () => LEAST,
  by_region: ({ matched }) => (matched ? `按地区「${matched}」分配` : `地区没有对应的成员，${LEAST}`),
  by_product({ matched, product }, deal) {
    if (matched) return `按产品「${matched}」${deal}分配`;
    return product ? `产品「${product.product}」${deal}没有对应的成员，${LEAST}` : `没有产品可看，${LEAST}`;
  },
};
