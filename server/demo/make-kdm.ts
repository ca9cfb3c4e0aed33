import type { Budget, Closeness, ContactMethod, DecisionRole, Kdm, Level } from '../domain/contacts/kdm.ts';
import type { BookKdm } from './book.ts';
import { daysBefore, shanghaiDay } from './days.ts';
import type { Dice } from './dice.ts';
import type { SlottedContact, Slot } from './make-contacts.ts';
import type { Standing } from './standing.ts';

/** What people of one part have in common. */
type Part = {
  department: string;
  level: Level;
  decisionRole: DecisionRole;
  budget: Budget;
  scope: readonly string[];
  authority: readonly string[];
};

/** What each part usually decides at a manufacturer. */
const PARTS: Readonly<Record<Slot, Part>> = {
  boss: {
    department: '总经办',
    level: 'executive',
    decisionRole: 'supervisor',
    budget: 'final',
    scope: ['全面经营', '生产与投资', '集团设备投资'],
    authority: ['所有采购的最终审批', '50 万以上项目一支笔', '年度投资预算拍板'],
  },
  purchaser: {
    department: '采购部',
    level: 'manager',
    decisionRole: 'purchaser',
    budget: 'approves_up_to',
    scope: ['设备与备件采购', '设备招标、商务谈判', '供应商准入'],
    authority: ['20 万以内自行审批', '组织招标，商务条款有否决权', '供应商名录由他定'],
  },
  technical: {
    department: '设备部',
    level: 'manager',
    decisionRole: 'technical',
    budget: 'recommends',
    scope: ['设备选型与验收', '工艺路线、自动化改造', '技术协议'],
    authority: ['技术协议签字，选型一票否决', '出技术评分', '参与评标'],
  },
  user: {
    department: '生产部',
    level: 'manager',
    decisionRole: 'user',
    budget: 'recommends',
    scope: ['机加工车间日常生产', '产线排产与交付', '设备使用与保养'],
    authority: ['提需求、参与试用评价', '试用报告由他签', '验收时签字'],
  },
};

/** Decision styles, as salespeople note them. */
const STYLES = [
  '看重同行案例，喜欢先去现场看',
  '数据说话，要看节拍和良率',
  '谈事直接，不喜欢绕弯子',
  '谨慎，要走完流程才表态',
  '重感情，老乡，爱喝茶',
  '对价格敏感，会拿三家比价',
] as const;

/** Percent of the fields that nobody has asked about yet. */
const UNKNOWN_PERCENT = { head: 12, waist: 34, tail: 52, old: 60, none: 75 } as const;

/** What is known about an account's contacts: whole at the first head accounts, gaps elsewhere, nothing of some. */
export function makeKdm(
  dice: Dice,
  { contacts, standing, now }: { contacts: SlottedContact[]; standing: Standing; now: Date },
): BookKdm[] {
  const isComplete = standing.group === 'head' && standing.rank % 3 !== 2;
  const top = contacts[0];
  return contacts.flatMap((contact, position) => {
    if (!isComplete && dice.chance(UNKNOWN_PERCENT[standing.group] / 3)) return [];
    const whole = wholeKdm(dice, contact, now);
    // Everybody reports to somebody earlier in the list, so no cycle can arise.
    const superior =
      position === 0
        ? { isTop: true }
        : { superiorId: contacts[dice.int(0, position - 1)]?.externalUserId ?? null };
    const known = {
      ...whole,
      ...superior,
      ...chainOf(contact, { isComplete, isFirst: contact === top, size: contacts.length }),
    };
    const kdm = isComplete ? known : forgetSome(dice, known, UNKNOWN_PERCENT[standing.group]);
    return [{ externalUserId: contact.externalUserId, kdm }];
  });
}

/** A profile in which nothing is missing but a superior. */
function wholeKdm(dice: Dice, { slot, title }: SlottedContact, now: Date): Kdm {
  const { scope, authority, ...part } = PARTS[slot];
  const closeness: Closeness = dice.pick(['close', 'regular', 'regular', 'initial']);
  return {
    ...part,
    title,
    scope: dice.pick(scope),
    authority: dice.pick(authority),
    ...(part.budget === 'approves_up_to' && { budgetUpToFen: dice.pick([10, 20, 30]) * 1_000_000 }),
    methods: [mobileOf(dice, now)],
    closeness,
    ...(dice.chance(35) && { style: dice.pick(STYLES) }),
    ...(dice.chance(20) && { birthday: `${dice.int(1968, 1992)}-0${dice.int(1, 9)}-1${dice.int(0, 9)}` }),
    confirmedAt: daysBefore(now, dice.chance(75) ? dice.int(3, 80) : dice.int(95, 260)),
  };
}

/** Three people can carry a whole chain when the boss buys himself. */
function chainOf(
  { slot }: SlottedContact,
  { isComplete, isFirst, size }: { isComplete: boolean; isFirst: boolean; size: number },
): Partial<Kdm> {
  if (!isComplete) return {};
  const closeness: Closeness = isFirst ? 'regular' : 'close';
  return slot === 'boss' && size === 3 ? { closeness, decisionRole: 'purchaser' } : { closeness };
}

/** A number that cannot belong to anybody, verified at some time. */
function mobileOf(dice: Dice, now: Date): ContactMethod {
  // 1xx 0000 numbers are not in service.
  const value = `1${dice.pick(['38', '39', '58', '86'])}0000${String(dice.int(0, 9999)).padStart(4, '0')}`;
  return { kind: 'mobile', value, verifiedOn: shanghaiDay(daysBefore(now, dice.int(5, 300))) };
}

/** Fields that may be unknown; the title is on the business card. */
const FORGETTABLE = [
  'department',
  'level',
  'superiorId',
  'isTop',
  'scope',
  'authority',
  'budget',
  'methods',
  'closeness',
  'decisionRole',
] as const;

/** The same profile with gaps. */
function forgetSome(dice: Dice, kdm: Kdm, percent: number): Kdm {
  const gone = new Set<string>(FORGETTABLE.filter(() => dice.chance(percent)));
  if (gone.has('budget')) gone.add('budgetUpToFen');
  return Object.fromEntries(Object.entries(kdm).filter(([field]) => !gone.has(field)));
}
