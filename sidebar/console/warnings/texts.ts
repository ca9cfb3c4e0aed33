/** Words of the tab of warnings. */
export const WARNINGS = {
  title: '预警',
  lead: '系统按规则发现的风险，级别高的在前，同级新的在前。点开看原因，记下由谁处理、结果如何；事实不再成立时会自动解除。',
  empty: '没有符合条件的预警',
  emptyHint: '换一个筛选条件，或者一切正常。',
  level: '级别',
  anyLevel: '全部级别',
  state: '状态',
  unresolved: '未解决',
  owner: (name: string | null) => (name ? `负责人 ${name}` : '待分配'),
} as const;
