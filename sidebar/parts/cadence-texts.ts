import type { CadenceView } from '../../server/api/contract/profile.ts';
import { dayText } from './days.ts';
import { DUE_REASON } from './texts.ts';

type Reason = CadenceView['reason'];
type Labels = Readonly<Record<Reason, string>>;

/** What is late, due, or waits, in the words of domain.md §6. */
const LATE: Labels = {
  detractor: '贬损者还没回访，',
  promise: '约定的日子已过，',
  question: '客户的问题还没答复，',
  new_contact: '新客户还没联系，',
  interval: '',
};
const TODAY: Labels = {
  detractor: '今天要回访贬损者',
  promise: '今天有约定',
  question: '今天要答复客户的问题',
  new_contact: '今天要联系新客户',
  interval: '今天到期',
};
const WAITING: Labels = {
  detractor: '贬损者等您回访',
  promise: '约好了下次联系',
  question: '客户等您答复',
  new_contact: '新客户等您联系',
  interval: '节奏正常',
};

/** The heaviest of what waits: a detractor, a question, a new contact. */
const waitingOf = ({ owed }: CadenceView) =>
  owed.find(({ reason }) => reason !== 'promise' && reason !== 'interval');

const SENTENCE: Readonly<Record<CadenceView['state'], (cadence: CadenceView) => string>> = {
  overdue: ({ reason, overdueWorkingDays }) => `${LATE[reason]}已逾期 ${overdueWorkingDays} 个工作日`,
  due_today: ({ reason }) => TODAY[reason],
  owed_soon: (cadence) => {
    const { reason, dueOn } = waitingOf(cadence) ?? cadence;
    return `${WAITING[reason]}，${dayText(dueOn)}前`;
  },
  never_contacted: () => '还没联系过',
  too_soon: () => '太早，刚联系过',
  on_track: ({ reason }) => WAITING[reason],
};

/** How grave each state is. */
export const CADENCE_TONE = {
  overdue: 'bad',
  due_today: 'warn',
  owed_soon: 'warn',
  never_contacted: 'warn',
  too_soon: 'warn',
  on_track: 'good',
} as const;

/** Why a date is what it is. */
const WHY: Readonly<Record<Reason, (intervalDays: number) => string>> = {
  interval: (intervalDays) => `${DUE_REASON.interval}：每 ${intervalDays} 天`,
  promise: () => `${DUE_REASON.promise}好的日期`,
  question: () => `${DUE_REASON.question}，尽快答复`,
  new_contact: () => `${DUE_REASON.new_contact}，尽早打招呼`,
  detractor: () => `${DUE_REASON.detractor}，尽快回访`,
};

const isNow = (state: CadenceView['state']) => state === 'overdue' || state === 'due_today';

/** Words of the rhythm 跟进频率. */
export const CADENCE = {
  /** The one headline. */
  state: (cadence: CadenceView) => SENTENCE[cadence.state](cadence),
  next: (state: CadenceView['state']) => (isNow(state) ? '应该跟进' : '下次跟进'),
  /** What comes next, when something was just done: never a past date as the next one. */
  after: (cadence: CadenceView) =>
    isNow(cadence.state) ? `还有：${SENTENCE[cadence.state](cadence)}` : `下次 ${dayText(cadence.dueOn)}`,
  last: '上次联系',
  never: '从未',
  sign: (ago: string) => `客户最近动态：${ago}`,
  reason: ({ reason, intervalDays }: CadenceView) => WHY[reason](intervalDays),
  also: '还应做',
  alsoOwed: ({ reason, dueOn }: CadenceView['owed'][number]) => `${DUE_REASON[reason]} ${dayText(dueOn)}`,
  highRisk: '高风险，建议改派',
  tooSoon: (welcomeFrom: string, minGapDays: number) =>
    `${dayText(welcomeFrom)}起再主动联系比较合适（至少隔 ${minGapDays} 天）`,
} as const;
