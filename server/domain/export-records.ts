import { sheetOf, type Sheet } from './export-cells.ts';

/** Everything that is no import, by kind: the columns of its file, and the field that each shows. `account` is the account's name. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
  'follow-ups': {
    编号: '_id',
    客户: 'account',
    联系人编号: 'externalUserId',
    成员: 'staffId',
    时间: 'at',
    方式: 'channel',
    层级: 'level',
    参与人: 'participants',
    目的: 'purpose',
    内容: 'notes',
    承诺: 'promises',
    下一步: 'nextStep',
    下一步日期: 'nextOn',
  },
  questions: {
    客户: 'account',
    联系人编号: 'externalUserId',
    问题: 'text',
    提出时间: 'askedAt',
    答复时间: 'answeredAt',
  },
  complaints: {
    编号: '_id',
    客户: 'account',
    联系人编号: 'externalUserId',
    方式: 'channel',
    内容: 'text',
    提出时间: 'openedAt',
    记录人: 'openedBy',
    关闭时间: 'closedAt',
    关闭人: 'closedBy',
    原因: 'cause',
    处理: 'action',
  },
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
  campaigns: {
    编号: '_id',
    名称: 'name',
    项目: 'programme',
    分层: 'tiers',
    开始: 'opensAt',
    结束: 'closesAt',
  },
  invitations: {
    活动: 'campaignId',
    联系人编号: 'externalUserId',
    客户: 'account',
    成员: 'staffId',
    状态: 'state',
    邀请时间: 'askedAt',
  },
  answers: {
    活动: 'campaignId',
    联系人编号: 'externalUserId',
    客户: 'account',
    成员: 'staffId',
    评分: 'score',
    评语: 'comment',
    希望联系: 'wantsContact',
    回答时间: 'answeredAt',
    修改时间: 'changedAt',
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
  [
    label,
    (_part: object, kept: object) => new Map<string, unknown>(Object.entries(kept)).get(field),
  ] as const;

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
