/** Words about one's own sign-in. */
export const LEAVE = {
  lead: '登录 12 小时不用会自动结束，最长 7 天。手机或电脑丢失时，请在所有设备上退出。',
  you: (name: string) => `您已登录：${name}`,
  out: '退出登录',
  everywhere: '在所有设备上退出',
} as const;
