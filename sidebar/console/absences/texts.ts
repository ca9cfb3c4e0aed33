import { dayText } from '../../parts/days.ts';

const DAY_MS = 86_400_000;
const daysOf = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

/** Words of leaves. */
export const ABSENCE = {
  title: '请假',
  lead: '请假期间，到期的跟进提醒发给客户的协作人；没有协作人的，发给代理人。',
  empty: '没有请假安排',
  emptyHint: '请假前在这里登记，客户就不会没人跟进。',
  plan: '登记请假',
  now: (count: number) => `现在不在（${count}）`,
  ahead: (count: number) => `之后（${count}）`,
  nobody: '现在没有人请假',
  span: (from: string, to: string) =>
    from === to ? `${dayText(from)}，1 天` : `${dayText(from)} – ${dayText(to)}，${daysOf(from, to)} 天`,
  standIn: (name: string) => `代理人 ${name}`,
  noStandIn: '没有代理人',
  cancel: '取消',
  cancelOf: (name: string, span: string) => `取消：${name}，${span}`,
  cancelTitle: '取消请假',
  cancelSure: '取消后，到期的跟进重新提醒本人。',
  who: '谁请假',
  from: '从',
  to: '到（含当天）',
  deputy: '代理人',
  deputyHint: '姓名或成员账号，可不填',
  planned: '已登记',
  cancelled: '已取消',
} as const;
