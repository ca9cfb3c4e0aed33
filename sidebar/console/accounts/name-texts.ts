/** Words about the names of an account. */
export const NAMES = {
  legalName: '工商全称',
  twins: '可能是同一家客户',
  twinsHint: '名称只差空格、全角、括号或看不见的字符，或工商全称相同。核对后可以合并，30 天内能撤销。',
  merge: '合并过去',
  suspects: (count: string) => `疑似重复 ${count}`,
  suspectsTitle: '疑似重复的客户',
  mergeInto: (from: string, into: string) => `把 ${from} 合并到 ${into}`,
  oldest: '最早建立',
  notYours: '需由负责人或主管合并',
  none: '没有疑似重复的客户了',
} as const;
