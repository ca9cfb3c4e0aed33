import { isDay, type Day } from '../calendar.ts';
import { plainText, type ContactMethod, type Kdm } from './kdm.ts';
import { makesCycle, type Person } from './org-chart.ts';
import { isWhole, unless, type Problem } from '../problem.ts';

/** A profile as somebody fills it in: when it was confirmed is not theirs to say. */
export type KdmEdit = Omit<Kdm, 'confirmedAt'>;

/** Whose profile it is: the contact, everybody of the account, and today in the corp's time zone. */
export type KdmCase = { externalUserId: string; people: readonly Person[]; today: Day };

/** The longest texts, in characters. */
const TEXTS = {
  department: ['部门', 100],
  title: ['职务', 100],
  scope: ['业务领域', 500],
  authority: ['权力范围', 500],
  style: ['风格偏好', 2000],
  notes: ['备注', 2000],
} as const;

const MOST_METHODS = 20;
const LONGEST_METHOD = 100;
const FIRST_BIRTHDAY: Day = '1900-01-01';
const MOST_FEN = 100_000_000_000_000; // ¥1,000,000,000,000

/** What is wrong with a profile as filled in, field by field; nothing for one that may be kept. Source: domain.md §2. */
export function kdmProblems(edit: KdmEdit, about: KdmCase): Problem[] {
  return [
    ...textProblems(edit),
    ...superiorProblems(edit, about),
    ...budgetProblems(edit),
    ...guideProblems(edit),
    ...birthdayProblems(edit, about.today),
    ...methodProblems(edit.methods ?? [], about.today),
  ];
}

const textProblems = (edit: KdmEdit): Problem[] =>
  (['department', 'title', 'scope', 'authority', 'style', 'notes'] as const).flatMap((field) => {
    const [name, most] = TEXTS[field];
    return unless((edit[field]?.length ?? 0) <= most, field, `${name}最多 ${most} 个字`);
  });

const refuse = (message: string): Problem[] => [{ field: 'superiorId', message }];

function superiorProblems({ superiorId, isTop }: KdmEdit, { externalUserId, people }: KdmCase): Problem[] {
  if (!superiorId) return [];
  if (isTop) return refuse('最高负责人没有上级：请去掉上级，或取消“最高负责人”');
  if (superiorId === externalUserId) return refuse('上级不能是本人');
  if (!people.some(({ _id }) => _id === superiorId)) return refuse('上级必须是同一客户的联系人，请重新选择');
  if (!makesCycle(externalUserId, superiorId, people)) return [];
  const name = people.find(({ _id }) => _id === superiorId)?.name ?? '';
  return refuse(`${name}本来就是此人的下级，不能再当上级：请先改${name}的上级`);
}

function budgetProblems({ budget, budgetUpToFen }: KdmEdit): Problem[] {
  const field = 'budgetUpToFen';
  const isGiven = budgetUpToFen !== null && budgetUpToFen !== undefined;
  if (budget !== 'approves_up_to') return unless(!isGiven, field, '只有“额度内可批”才填金额');
  if (!isGiven) return [{ field, message: '请填写可批的金额' }];
  return unless(isWhole(budgetUpToFen, 1, MOST_FEN), field, '可批金额要大于 0，最多 1 万亿元');
}

function guideProblems({ decisionRole, guideLevel }: KdmEdit): Problem[] {
  if (guideLevel === null || guideLevel === undefined) return [];
  if (decisionRole !== 'guide') return [{ field: 'guideLevel', message: '只有“向导”才有向导级别' }];
  return unless(isWhole(guideLevel, 1, 3), 'guideLevel', '向导级别只有 1、2、3');
}

function birthdayProblems({ birthday }: KdmEdit, today: Day): Problem[] {
  if (!birthday) return [];
  if (!isDay(birthday) || birthday < FIRST_BIRTHDAY)
    return [{ field: 'birthday', message: '生日不是有效的日期' }];
  return unless(birthday <= today, 'birthday', '生日不能晚于今天');
}

function methodProblems(methods: readonly ContactMethod[], today: Day): Problem[] {
  if (methods.length > MOST_METHODS) {
    return [{ field: 'methods', message: `联系方式最多 ${MOST_METHODS} 个` }];
  }
  const keys = methods.map(
    ({ kind, value }) => `${kind}:${plainText(value).replaceAll(/[\s-]/g, '').toLowerCase()}`,
  );
  return methods.flatMap((method, index) => [
    ...valueProblems(method, `methods.${index}.value`),
    ...unless(keys.indexOf(keys[index] ?? '') === index, `methods.${index}.value`, '这个联系方式填了两次'),
    ...verifiedProblems(method, `methods.${index}.verifiedOn`, today),
  ]);
}

/** Tolerant of how people write: spaces, dashes, brackets and a country code pass. */
const SHAPES: Record<ContactMethod['kind'], { shape: RegExp; message: string }> = {
  mobile: {
    shape: /^\+?(?:[\s().#转-]*\d){5,20}[\s().#转-]*$/,
    message: '电话号码不对：要有 5 到 20 位数字',
  },
  email: { shape: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, message: '邮箱不对：应类似 name@company.com' },
  wechat: { shape: /^\S+$/, message: '微信号里不能有空格' },
  other: { shape: /\S/, message: '请填写联系方式' },
};

function valueProblems({ kind, value }: ContactMethod, field: string): Problem[] {
  if (!value.trim()) return [{ field, message: '请填写联系方式，或删掉这一行' }];
  if (value.length > LONGEST_METHOD) return [{ field, message: `联系方式最多 ${LONGEST_METHOD} 个字` }];
  return unless(SHAPES[kind].shape.test(plainText(value)), field, SHAPES[kind].message);
}

function verifiedProblems({ verifiedOn }: ContactMethod, field: string, today: Day): Problem[] {
  if (!verifiedOn) return [];
  if (!isDay(verifiedOn)) return [{ field, message: '核实日期不是有效的日期' }];
  return unless(verifiedOn <= today, field, '核实日期不能晚于今天');
}
