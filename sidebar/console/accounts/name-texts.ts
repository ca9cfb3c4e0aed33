/** Words about the names of an account. */
export const NAMES = {
  legalName: '工商全称',
  twins: '可能是同一家客户',
  twinsHint: '名称只差空格、全角、括号或看不见的字符，或工商全称相同。核对后可以合并，30 天内能撤销。',
  merge: '合并过去',
} as const;
