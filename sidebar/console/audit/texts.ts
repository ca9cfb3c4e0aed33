/** Words of the audit log. */
export const AUDIT = {
  title: '审计',
  lead: '谁在什么时候看了、改了什么。记录不能修改；被动过手脚会查出来。',
  empty: '没有符合条件的记录',
  emptyHint: '换一个条件再试。',
  by: '成员账号',
  subject: '对象',
  subjectHint: 'account:…、contact:…',
  fromDay: '从',
  toDay: '到',
  search: '查找',
  verify: '检查完整性',
  verifying: '正在检查',
  whole: (entries: number, forgotten: number) =>
    `共 ${entries} 条，没有被改动过${forgotten ? `；另有 ${forgotten} 条查看记录到期删除` : ''}`,
  broken: (entries: number, faults: number) => `共 ${entries} 条，有 ${faults} 处被改动过或缺失`,
  unchecked: (entries: number, unchecked: number) =>
    `共 ${entries} 条，没有发现改动；其中 ${unchecked} 条的密钥不在这台服务器上，无法检查`,
  from: '原来',
  to: '改为',
  account: '打开客户',
  change: '变更',
  read: '查看',
  write: '操作',
  refused: '被拒绝',
} as const;
