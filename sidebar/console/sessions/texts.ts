/** Words about who is signed in. */
export const SIGNED_IN = {
  title: '登录',
  listLead: '现在登录着的成员。手机或电脑丢失时，可以结束一位成员在所有设备上的登录。',
  nobody: '现在没有人登录',
  browsers: (count: number) => `${count} 台设备`,
  seen: (when: string) => `最近使用 ${when}`,
  end: '结束登录',
  endOf: (name: string) => `结束 ${name} 的登录`,
  endSure: '这位成员在所有设备上的登录会立即结束，需要重新登录。',
  ended: (count: number) => `已结束 ${count} 台设备上的登录`,
} as const;
