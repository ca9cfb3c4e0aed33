import { sheetOf, type Sheet } from './export-cells.ts';
import { TALK_FIELDS, type RecordFields } from './export-talks.ts';

/** Everything that is no import. */
const FIELDS: RecordFields = {
  relations: {
    成员: 'staffId',
    联系人编号: 'externalUserId',
    备注名: 'remark',
    描述: 'description',
    备注企业: 'remarkCorpName',
    标签: 'tagIds',
    添加方式: 'addWay',
    渠道: 'state',
    添加时间: 'followedAt',
    流失时间: 'lostAt',
    流失方: 'lostBy',
  },
  ...TALK_FIELDS,
  changes: {
    客户: 'account',
    变化: 'kind',
    原值: 'from',
    新值: 'to',
    原因: 'why',
    操作人: 'by',
    时间: 'at',
  },
  'kdm-changes': {
    联系人编号: 'externalUserId',
    客户: 'account',
    变更: 'changes',
    操作人: 'by',
    时间: 'at',
  },
  warnings: {
    客户: 'account',
    预警: 'kind',
    级别: 'level',
    内容: 'text',
    状态: 'state',
    产生时间: 'raisedAt',
    知悉人: 'acknowledgedBy',
    知悉时间: 'acknowledgedAt',
    解除人: 'resolvedBy',
    解除时间: 'resolvedAt',
    说明: 'note',
  },
  transfers: {
    方式: 'kind',
    原成员: 'handoverId',
    接替成员: 'takeoverId',
    联系人编号: 'externalUserId',
    客户: 'account',
    状态: 'state',
    发起人: 'askedBy',
    发起时间: 'askedAt',
    完成时间: 'settledAt',
  },
  claims: { 成员: 'staffId', 客户: 'account', 动作: 'act', 时间: 'at' },
  merges: {
    被并客户编号: 'fromId',
    被并客户: 'fromName',
    并入客户编号: 'intoId',
    原因: 'reason',
    操作人: 'by',
    时间: 'at',
    状态: 'state',
  },
  groups: {
    编号: '_id',
    群名: 'name',
    群主: 'ownerId',
    人数: 'memberCount',
    建群时间: 'createdAt',
    解散时间: 'dismissedAt',
  },
  staff: {
    成员: '_id',
    姓名: 'name',
    职务: 'position',
    部门: 'departmentIds',
    负责的部门: 'leaderOf',
    在职: 'isActive',
    停用时间: 'inactiveAt',
  },
  departments: { 编号: '_id', 名称: 'name', 上级部门: 'parentId' },
  absences: { 成员: 'staffId', 开始: 'from', 结束: 'to', 代办人: 'standInId' },
  notices: { 种类: 'kind', 对象: 'subject', 内容: 'text', 首次: 'firstAt', 最近: 'lastAt', 次数: 'times' },
  settings: { 分区: '_id', 内容: 'value', 版本: 'version', 修改人: 'by', 修改时间: 'at' },
  audit: { 操作人: 'by', 时间: 'at', 动作: 'act', 对象: 'subject', 原值: 'from', 新值: 'to', 结果: 'status' },
};

/** A column that shows one field as it is kept. */
const column = ([label, field]: [string, string]) =>
  [label, (_part: object, kept: object) => fieldOf(kept, field)] as const;

/** The value at a path of fields; undefined where there is none. */
const fieldOf = (kept: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inside, name) =>
        inside !== null && typeof inside === 'object'
          ? new Map<string, unknown>(Object.entries(inside)).get(name)
          : undefined,
      kept,
    );

/** The account's name is found out, not kept. */
const named = ([label]: [string, string]) =>
  [
    label,
    (_part: object, kept: { accountId?: string | null }, { accountOf }: Parameters<Sheet['rowsOf']>[1]) =>
      accountOf(kept.accountId ?? null).name,
  ] as const;

/** The tables of all those kinds. */
export const RECORD_SHEETS: ReadonlyMap<string, Sheet> = new Map(
  Object.entries(FIELDS).map(([kind, fields]) => [
    kind,
    sheetOf<{ accountId?: string | null }>(
      Object.entries(fields).map((each) => (each[1] === 'account' ? named(each) : column(each))),
      (kept) => [kept],
    ),
  ]),
);
