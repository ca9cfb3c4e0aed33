import { dayText } from '../../parts/days.ts';

/** Words of the sheet that sends a text into the chat. */
export const MESSAGE = {
  title: '发消息',
  titleAnswer: '答复客户的问题',
  text: '消息内容',
  placeholder: (name: string) => `写给${name}…`,
  /** How an answer begins, so that the customer knows what it is about. */
  lead: (question: string) => `关于“${question}”：\n`,
  hint: '直接发到当前聊天，并记为一次联系',
  questionHint: '发送后这个问题就关闭，10 秒内可撤销',
  over: (characters: number) => `超出 ${characters} 字`,
  tooSoon: (welcomeFrom: string) =>
    `刚联系过，${dayText(welcomeFrom)}起再主动联系比较合适。客户在等你答复的，照常发。`,
  send: '发送到聊天',
  sendAnyway: '仍要发送',
  sending: '正在发送',
  record: '补记这次联系',
  recording: '正在记录',
  copy: '复制内容',
  copied: '已复制',
  copyFailed: '请长按选择',
  keys: 'Ctrl + Enter 发送',
  signIn: '重新登录',
} as const;

/** Why nothing was sent, and what to do; the text stays. */
export const NOT_SENT = {
  cancelled: '没有发送：你取消了。内容还在，可以改好再发。',
  otherChat: '没有发送：聊天已经换成别的客户。请关闭侧边栏，从这位客户的聊天里重新打开。',
  forbidden: '没有发送：企业微信不允许本应用发消息。请管理员确认你在应用可见范围内，并开通了客户联系。',
  noChat: '没有发送：当前没有打开与客户的单聊。请从与这位客户的单聊里打开侧边栏。',
  refused: (word: string) => `没有发送：企业微信没有接受（${word}）。可以复制内容，粘贴到聊天里发。`,
  silent:
    '企业微信没有回应，不知道有没有发出。请先看聊天：已经发出的，用「记录跟进」补记；没有发出的，再发一次。',
} as const;

/** The message stands in the chat, but our book does not know. */
export const NOT_RECORDED = {
  offline: '消息已发出，但网络不通，还没有记录。重试只补记，不会再发一次。',
  signedOut: '消息已发出，但登录已过期，还没有记录。登录后自动补记，不会再发一次。',
  refused: (message: string) => `消息已发出，但没有记录：${message}。重试只补记，不会再发一次。`,
} as const;
