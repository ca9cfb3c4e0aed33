import type { Band } from '../parts/nps-band.ts';

/** Words of the questionnaire; it speaks for the customer's supplier, so no product name appears. */
export const SURVEY = {
  waiting: '正在打开问卷',
  question: '您有多大可能把我们推荐给朋友或同事？',
  lead: (staffName: string) =>
    staffName ? `${staffName} 想听听您的意见，只要十秒` : '想听听您的意见，只要十秒',
  lowest: '完全不可能',
  highest: '非常可能',
  scores: '0 到 10 分',
  given: (score: number) => `您给了 ${score} 分`,
  change: '修改评分',
  comment: '一两句话就好（选填）',
  commentLabel: '您的意见（选填）',
  wantsContact: '请联系我',
  submit: '提交',
  submitting: '正在提交',
  retry: '重试',
  unsent: '网络不通，还没有送达。内容已保存在本机，连上网会自动再发。',
  refused: (message: string) => `没有送达：${message}。内容已保存在本机。`,
  contactSoon: '我们会尽快联系您',
  edit: '修改评分或意见',
} as const;

/** The one question after the score, worded for the band. Source: domain.md §11. */
export const WHY: Readonly<Record<Band, string>> = {
  promoter: '我们哪一点最打动您？',
  passive: '怎样做您会给更高分？',
  detractor: '哪里让您失望了？我们想改正',
};

/** The end, worded for the band; `given` where the answer is not shown again. Nobody is congratulated on a complaint. */
export const THANKS: Readonly<Record<Band | 'given', { title: string; text: string }>> = {
  promoter: { title: '谢谢您的肯定', text: '能帮到您，我们很高兴' },
  passive: { title: '谢谢您的反馈', text: '我们会想办法做得更好' },
  detractor: { title: '谢谢您直说', text: '没有让您满意，我们很抱歉。您的意见会有人认真看' },
  given: { title: '谢谢您的反馈', text: '您的回答已经收到。还想补充，直接告诉您的对接人就好' },
};

/** Words for when nothing can be answered. */
export const END = {
  closed: { title: '本次调查已经结束', text: '谢谢您的关注，有任何意见可以直接告诉您的对接人。' },
  foreign: {
    title: '这份问卷不能在这里作答',
    text: '它是发给另一位客户的，或者已经在别的微信、浏览器里作答。如果您也收到了邀请，请从自己的聊天里打开链接。',
  },
  unknown: { title: '链接无效或已失效', text: '请核对链接是否完整，或请您的对接人重新发一个。' },
  offline: { title: '暂时打不开', text: '请检查网络，稍后再试一次。' },
  kept: (score: number) => `您的 ${score} 分已保存在本机，连上网会自动送达。`,
} as const;
