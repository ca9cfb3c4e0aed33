import { dayText } from '../days.ts';

/** Words of the sheet that logs a follow-up 跟进. */
export const FOLLOW_UP = {
  title: '记录跟进',
  routine: '例行跟进',
  quick: '点结果立即记录「例行跟进」',
  outcome: '结果',

  details: '补充详情再保存',
  detailsHint: '备注、客户的问题、下一步',
  restored: '已恢复上次没保存的内容',
  tooSoon: (welcomeFrom: string | null) =>
    `刚联系过${welcomeFrom ? `，${dayText(welcomeFrom)}起再主动联系比较合适` : ''}。客户主动找你的，照常记录。`,
  unread: '约定和客户的问题没有读到，这次先不改它们',
  channel: '方式',
  who: '和谁谈的',
  nobody: '不具体到人',
  purpose: '目的',
  notes: '备注',
  notesHint: '聊了什么、客户的态度、我们答应了什么',
  more: '参与人、层级和承诺',
  level: '层级',
  anyLevel: '不填',
  theirs: '对方参与人',
  ours: '我方参与人',
  peopleHint: '一行一位：姓名 职务',
  promises: '我们答应了什么',
  promisedOn: '什么时候兑现（不填只作记录）',
  answered: '这次答复了哪些问题',
  questions: '客户的新问题',
  questionsHint: '一行一个，未答复前会一直显示',
  nextStep: '下一步',
  nextStepHint: '例如：发报价单',
  nextOn: '下次联系',
  nextOnHint: '不选就按周期自动安排，遇周末和节假日顺延',
  clearDay: '不指定',
  save: '保存',
  saving: '正在保存',
  signIn: '重新登录',
  failed: {
    offline: '没有保存：网络不通。内容还在，连上后重试，不会重复记录。',
    signedOut: '没有保存：登录已过期。内容还在，登录后接着填。',
    refused: (message: string) => `没有保存：${message}。内容还在。`,
    noPurpose: '请填写目的',
    noOutcome: '请选择结果，或写一句聊了什么',
    noNewDay: '改期的约定请选新的日期',
    tooManyQuestions: '一次最多记 10 个新问题',
    tooManyPeople: '双方参与人最多记 20 位',
    longName: (start: string) => `参与人“${start}…”太长：姓名和职务各最多 50 字，请一行写一位`,
  },
} as const;

/** Days from today, offered as one tap. */
export const NEXT_DAYS = [
  { days: 3, name: '+3天' },
  { days: 7, name: '+1周' },
  { days: 14, name: '+2周' },
] as const;
