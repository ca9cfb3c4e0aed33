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
} as const;
