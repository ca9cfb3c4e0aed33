export const WAITING = '正在读取客户资料';

/** The way back from the due list, and from whom was opened there. */
export const BACK = {
  due: '返回客户资料',
  contact: '返回今天要跟进',
  otherChat: '不是当前聊天的客户',
};
