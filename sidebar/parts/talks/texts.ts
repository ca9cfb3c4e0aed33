/** Words of the open questions 客户的问题. */
export const QUESTIONS = {
  title: '客户的问题',
  count: (count: number) => `${count} 个未答复`,
  asked: (ago: string, who: string | null) => (who ? `${ago} · ${who}` : ago),
  answer: '答复',
  answerTo: (question: string) => `答复：${question}`,
} as const;

/** Words of the history 最近跟进. */
export const FOLLOW_UPS = {
  title: '最近跟进',
  empty: '还没有跟进记录',
  level: (level: string) => `${level}层面`,
  person: (name: string, title: string) => `${name}（${title}）`,
  theirs: '对方',
  ours: '我方',
  promises: '承诺',
  next: '下一步',
  promised: '约在',
  outcome: '结果',
  correct: '更正',
  correctOf: (purpose: string) => `更正或撤回：${purpose}`,
  corrected: '已更正',
  takenBack: '已撤回',
} as const;

/** Words of what was agreed on 约定. */
export const PROMISES = {
  title: '约定',
  today: '今天',
  expired: '已过期',
  settle: '处理',
  settleOf: (text: string) => `处理约定：${text}`,
  sheet: '这个约定怎么样了',
  kept: '已兑现',
  moved: '改期',
  withdrawn: '撤回',
  keep: '保留',
  newDay: '改到哪天',
  standing: '之前的约定',
  done: '约定已更新',
} as const;

/** Words of the closed loop 闭环. */
export const LOOP = {
  title: '贬损评价待闭环',
  score: (score: number) => `${score} 分`,
  close: '闭环',
  sheet: '闭环贬损评价',
  cause: '原因',
  causeHint: '客户为什么不满意',
  action: '措施',
  actionHint: '我们做了什么、客户怎么说',
  save: '完成闭环',
  done: '已闭环',
} as const;

/** Words of the sheet that corrects a follow-up. */
export const CORRECT = {
  title: '更正这条跟进',
  hint: '记录后 24 小时内，原来的内容会留痕',
  channel: '方式',
  outcome: '结果',
  noOutcome: '不填',
  purpose: '目的',
  notes: '备注',
  nextStep: '下一步',
  nextOn: '下次联系',
  save: '保存更正',
  saved: '已更正',
  takeBack: '撤回这条',
  takeBackSure: '确定撤回？',
  takenBack: '已撤回，约定和问题已恢复',
} as const;

/** Why an act did not work. */
export const ACT = { offline: '没有保存：网络不通。内容还在，连上后重试。' } as const;
