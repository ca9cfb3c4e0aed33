/** Words of the settings. */
export const SETTINGS = {
  title: '设置',
  lead: '所有规则里的数字都在这里。保存后一分钟内重新计算，改了什么、谁改的，都记在审计里。',
  defaults: '默认值',
  savedBy: (name: string, time: string) => `${name} 保存于 ${time}`,
  back: '返回',
  open: '修改',
  fill: '请填数字',
  save: '保存',
  saving: '正在保存',
  saved: (section: string) =>
    ['cadence', 'calendar', 'goLive'].includes(section) ? '已保存，跟进日期一分钟内更新' : '已保存',
  reset: '恢复默认值',
  resetSure: '确定恢复默认值？再点一次',
  wasReset: '已恢复默认值',
  tookTheirs: '已换成对方保存的内容',
  undo: '放弃修改',
  preview: '先看影响',
  previewing: '正在计算',
  waiting: '另一组数字正在试算，完成后马上开始',
  underway: (seen: number, total: number) => `正在试算，已看 ${seen} / ${total} 个客户`,
  changed: (changed: number, seen: number) =>
    changed === 0
      ? `按这些数字，${seen} 个客户都不会变化`
      : `按这些数字，${changed} 个客户会变化（共 ${seen} 个）`,
  moves: '变化',
  examples: '例如',
  move: (from: string, to: string) => `${from} → ${to}`,
  count: (count: number) => `${count} 个`,
  sum: (sum: number) => `合计 ${sum}%`,
  sumWrong: (sum: number) => `合计 ${sum}%，应为 100%`,
  lines: '每行一项',
  linesOfDays: '每行一天，如 2027-02-11',
  add: '添加',
  up: '上移',
  down: '下移',
  remove: '删除',
  nth: (place: number) => `第 ${place} 条`,
  none: '还没有',
  addStage: '为某个阶段单独规定',
  conflict: '有人先保存了',
  conflictHint: (name: string, time: string) =>
    `${name}${time && ` 在 ${time}`}保存了这一组设置。您的修改还在表单里，没有丢。`,
  yours: '您的',
  theirs: '对方的',
  keepMine: '保留我的，再检查一遍',
  takeTheirs: '用对方的',
  someone: '另一位管理员',
} as const;

/** Kinds of moves in a preview. */
export const MOVE = { tier: '分层', stage: '阶段', value_class: '价值' } as const;
