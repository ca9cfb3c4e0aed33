import { column } from '../imports/column.ts';
import { damageProblems } from '../imports/damage.ts';
import type { KdmEdit } from './kdm-problems.ts';
import {
  METHOD_KINDS,
  plainText,
  type Budget,
  type Closeness,
  type ContactMethod,
  type DecisionRole,
  type Kdm,
  type Level,
} from './kdm.ts';
import type { Person } from './org-chart.ts';
import {
  amountCell,
  cellsOf,
  choiceCell,
  dayCell,
  readOr,
  type Names,
  type Read,
} from '../imports/row-cells.ts';

/** The columns of an import of profiles 关键决策人; several numbers or addresses stand in one cell, parted by `；`. */
export const KDM_COLUMNS = {
  external_userid: column('id', '联系人编号', { also: ['外部联系人ID', '外部联系人userid'] }),
  department: column('text', '部门', { also: ['所在部门', '所属部门'] }),
  title: column('text', '职务', { also: ['职位', '岗位'] }),
  level: column('text', '级别', { also: ['职级'] }),
  superior: column('text', '上级', { also: ['直属上级', '汇报对象'] }),
  is_top: column('text', '最高负责人'),
  scope: column('text', '业务领域'),
  authority: column('text', '权力范围'),
  budget: column('text', '预算权'),
  budget_up_to_yuan: column('money', '可批金额', { near: ['金额', '额度'] }),
  mobile: column('text', '手机', { also: ['手机号', '手机号码', '移动电话'], near: ['电话'] }),
  wechat: column('text', '微信', { also: ['微信号'] }),
  email: column('text', '邮箱', { also: ['电子邮箱', '电子邮件', '邮件'] }),
  other: column('text', '其他联系方式'),
  closeness: column('text', '关系亲疏', { also: ['亲疏', '关系'] }),
  decision_role: column('text', '决策角色', { also: ['角色'] }),
  guide_level: column('number', '向导级别'),
  style: column('text', '风格偏好'),
  birthday: column('day', '生日', { also: ['出生日期'] }),
  notes: column('text', '备注', { also: ['说明'] }),
} as const;

/** One row, as texts; an empty cell says nothing. */
export type KdmRow = Partial<Record<keyof typeof KDM_COLUMNS, string>>;

export const LEVEL_NAMES: Names<Level> = [
  ['高层', 'executive'],
  ['中层', 'manager'],
  ['基层', 'staff'],
];
export const BUDGET_NAMES: Names<Budget> = [
  ['无预算权', 'none'],
  ['可提建议', 'recommends'],
  ['额度内可批', 'approves_up_to'],
  ['最终拍板', 'final'],
];
export const CLOSENESS_NAMES: Names<Closeness> = [
  ['关系密切', 'close'],
  ['常规合作', 'regular'],
  ['初步沟通', 'initial'],
  ['不认识', 'unknown'],
];
export const ROLE_NAMES: Names<DecisionRole> = [
  ['采购决策', 'purchaser'],
  ['使用者', 'user'],
  ['技术把关', 'technical'],
  ['财务', 'finance'],
  ['供应链', 'supply_chain'],
  ['质量', 'quality'],
  ['监理', 'supervisor'],
  ['向导', 'guide'],
];
const YES_NO: Names<'true' | 'false'> = [
  ['是', 'true'],
  ['否', 'false'],
];

/** What a row says of a profile: `superior` is an external_userid or a name inside the account; methods by kind. */
export type SaidKdm = {
  fields: Omit<KdmEdit, 'superiorId' | 'methods'>;
  superior: string | null;
  methods: Partial<Record<ContactMethod['kind'], string[]>>;
};

/** Reads one row; every problem is named that the row alone can show. */
export function readKdm(row: KdmRow): Read<{ externalUserId: string; said: SaidKdm }> {
  const problems = damageProblems(row, KDM_COLUMNS);
  const text = cellsOf(row);
  const externalUserId = text('external_userid');
  if (!externalUserId) problems.push('缺少联系人编号（external_userid）');
  const fields = { ...textsOf(row), ...choicesOf(row, problems), ...factsOf(row, problems) };
  const methods = METHOD_KINDS.flatMap((kind) => (text(kind) ? [[kind, listOf(text(kind))] as const] : []));
  const said = { fields, superior: text('superior') || null, methods: Object.fromEntries(methods) };
  return readOr({ externalUserId, said }, problems);
}

const listOf = (text: string): string[] =>
  text
    .split(/[;；]/)
    .map((part) => plainText(part))
    .filter(Boolean);

function textsOf(row: KdmRow): Partial<Kdm> {
  const text = cellsOf(row);
  const names = ['department', 'title', 'scope', 'authority', 'style', 'notes'] as const;
  return Object.fromEntries(names.flatMap((name) => (text(name) ? [[name, text(name)]] : [])));
}

function choicesOf(row: KdmRow, problems: string[]): Partial<Kdm> {
  const text = cellsOf(row);
  const pick = <Value extends string>(field: keyof KdmRow, names: Names<Value>) =>
    choiceCell({ text: text(field), label: KDM_COLUMNS[field].label, names }, problems);
  const [level, budget] = [pick('level', LEVEL_NAMES), pick('budget', BUDGET_NAMES)];
  const [closeness, role] = [pick('closeness', CLOSENESS_NAMES), pick('decision_role', ROLE_NAMES)];
  const top = pick('is_top', YES_NO);
  return {
    ...(level ? { level } : {}),
    ...(budget ? { budget } : {}),
    ...(closeness ? { closeness } : {}),
    ...(role ? { decisionRole: role } : {}),
    ...(top ? { isTop: top === 'true' } : {}),
  };
}

function factsOf(row: KdmRow, problems: string[]): Partial<Kdm> {
  const text = cellsOf(row);
  const amount = { text: text('budget_up_to_yuan'), label: '可批金额' };
  const birthday = { text: text('birthday'), label: '生日', earliest: '1900-01-01' };
  return {
    ...(amount.text ? { budgetUpToFen: amountCell(amount, problems) } : {}),
    ...(birthday.text ? { birthday: dayCell(birthday, problems) } : {}),
    ...(text('guide_level') ? { guideLevel: Number(text('guide_level')) } : {}),
  };
}

/** The profile after a row: what the row is silent about stays, unless it contradicts what the row says. */
export function kdmAfter(
  kdm: Kdm,
  { fields, superior, methods }: SaidKdm,
  people: readonly Person[],
): KdmEdit {
  const { confirmedAt: _never, ...known } = kdm;
  return {
    ...known,
    ...outdatedBy(fields),
    ...(superior ? { superiorId: personOf(superior, people), isTop: null } : {}),
    ...fields,
    methods: methodsAfter(known.methods ?? [], methods),
  };
}

/** What cannot stand beside what the row says. */
const outdatedBy = ({ isTop, budget, decisionRole }: SaidKdm['fields']): KdmEdit => ({
  ...(isTop ? { superiorId: null } : {}),
  ...(budget && budget !== 'approves_up_to' ? { budgetUpToFen: null } : {}),
  ...(decisionRole && decisionRole !== 'guide' ? { guideLevel: null } : {}),
});

/** A name that only one of them has stands for that person. */
function personOf(named: string, people: readonly Person[]): string {
  if (people.some(({ _id }) => _id === named)) return named;
  const [first, ...others] = people.filter(({ name }) => name === named);
  return first && others.length === 0 ? first._id : named;
}

/** The kinds of which the row names others are replaced; what was verified stays so. */
function methodsAfter(known: readonly ContactMethod[], said: SaidKdm['methods']): ContactMethod[] {
  const valuesOf = (kind: ContactMethod['kind']) =>
    known.flatMap((each) => (each.kind === kind ? [each.value] : []));
  const news = METHOD_KINDS.filter(
    (kind) => said[kind] && said[kind].join('\n') !== valuesOf(kind).join('\n'),
  );
  const named = news.flatMap((kind) =>
    (said[kind] ?? []).map(
      (value) => known.find((each) => each.kind === kind && each.value === value) ?? { kind, value },
    ),
  );
  return [...known.filter(({ kind }) => !news.includes(kind)), ...named];
}
