import type { DueList } from '../../../server/api/contract/due.ts';
import { DUE_REASON } from '../../parts/texts.ts';

/** Words of the due list. */
export const DUE = {
  console: '打开管理后台',
  signOut: '退出登录',
  notRead: '没有读到登录信息，请重试',
  title: '今天要跟进的客户',
  summary: (total: number, overdue: number) => {
    if (total === 0) return '没有到期的跟进';
    return overdue === 0 ? `共 ${total} 个，都是今天到期` : `共 ${total} 个，其中 ${overdue} 个已逾期`;
  },
  total: (total: number) => `共 ${total} 个`,
  when: (overdueWorkingDays: number) =>
    overdueWorkingDays > 0 ? `逾期 ${overdueWorkingDays} 个工作日` : '今天',
  why: ({ reason }: DueList['items'][number]) => DUE_REASON[reason],
  nobody: '暂无可联系的人',
  empty: '今天都跟进完了',
  emptyHint: '到期的客户会出现在这里',
  more: (total: number) => `显示更多（共 ${total} 个）`,
  reading: '正在读取…',
  failed: '没有读到，请重试',
  rest: (shown: number, total: number) => `先列出最紧急的 ${shown} 个，共 ${total} 个`,
  outside: '在企业微信的客户聊天侧边栏打开，可直接看到当前客户',
} as const;
