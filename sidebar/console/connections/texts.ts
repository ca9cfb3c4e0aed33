/** Words around a secret that is shown once. */
export const SECRET = {
  once: '只显示这一次，离开后再也看不到。请现在复制到对方系统里保存好。',
  copy: '复制',
  copied: '已复制',
  notCopied: '没能复制，请长按选择',
  saved: '我已保存好',
} as const;
